/** The program of the thread that runs a test suite's server, out of reach of the suite's mocks and fake timers. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { lambdaLine, sourceLine } from '../cli/output.ts';
import { sourceStack } from '../cli/source-stack.ts';
import { createSigner } from '../data-sources/http-signature.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { memoryRequest, type MemoryRequestInit } from '../http/memory-request.ts';
import type { Logs } from '../start/logs.ts';
import { type LocalServer, start } from '../start/start.ts';
import type { Answer, FromServer, Started, ThreadData, ToServer } from './messages.ts';

const port: MessagePort = parentPort!;
const tell = (message: FromServer): void => port.postMessage(message);
const line = (text: string): void => tell({ kind: 'line', line: text });

const logs: Logs = {
  progress: line,
  line: (source, text) => line(sourceLine(source, sourceStack(text))),
  lambda: (entry) => {
    const text = lambdaLine(entry);
    if (text !== null) {
      line(text);
    }
  },
};

async function main(): Promise<void> {
  const server = await start(workerData as ThreadData, logs);
  void server.failure.then(async (reason) => {
    tell({ kind: 'failed', reason });
    await end(server);
  });
  port.on('message', (message: ToServer) => void take(message, server));
  tell({ kind: 'started', started: startedOf(server) });
}

function startedOf({ app, urls, credentials, notes }: LocalServer): Started {
  const modes = [...new Set(app.api.authModes.map(({ type }) => type))];
  const [key] = app.api.apiKeys;
  return {
    url: urls.graphql,
    realtimeUrl: urls.realtime,
    consoleUrl: urls.console,
    dynamodbUrl: urls.dynamoDb,
    apiKey: modes.includes('API_KEY') ? key?.key : undefined,
    credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey },
    region: app.region,
    notes,
    modes,
  };
}

async function take(message: ToServer, server: LocalServer): Promise<void> {
  switch (message.kind) {
    case 'request': {
      const init = message.sign ? await signed(message.init, server) : message.init;
      tell({ kind: 'answer', id: message.id, answer: await answerTo(init, server) });
      return;
    }
    case 'close':
      await end(server);
  }
}

async function answerTo(init: MemoryRequestInit, { handle }: LocalServer): Promise<Answer> {
  const { status, body } = await handle(memoryRequest(init));
  return { status, body: body.toString() };
}

async function signed(
  init: MemoryRequestInit,
  { app, credentials, urls }: LocalServer,
): Promise<MemoryRequestInit> {
  const sign = createSigner({ region: app.region, service: 'appsync' }, credentials);
  const headers = await sign({
    method: 'POST',
    url: new URL(init.path, urls.graphql),
    headers: init.headers as Record<string, string>,
    body: init.body ?? '',
  });
  return { ...init, headers };
}

/** Closes the server; the thread ends when nothing is left to do. */
async function end(server: LocalServer): Promise<void> {
  await server.close();
  port.close();
}

main().catch((error: unknown) => {
  tell({ kind: 'refused', reasons: error instanceof StartFailure ? error.reasons : [stackOf(error)] });
  port.close();
});

const stackOf = (error: unknown): string =>
  error instanceof Error ? sourceStack(error.stack ?? error.message) : String(error);
