import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerError, endToEnd, type PassThrough } from './pass-through.ts';

/**
 * Whether a caller may make a DynamoDB call.
 * @param operation `GetItem` @param input in DynamoDB's own JSON
 */
export type JudgeCall = (
  accessKeyId: string,
  operation: string,
  input: object,
) => 'allowed' | 'unknown-caller' | { refused: string };

/** Longest request in bytes: a transaction's or a batch's items are 16 MB at most, and JSON and base64 make them longer. */
const LARGEST_REQUEST = 32 * 1024 * 1024;

/**
 * A DynamoDB for Lambda functions: a loopback port that hands on what the caller's role allows. Callers are known by their access key,
 * which is made for each start; their signatures are not verified, as the engine behind it does not either.
 * @param to `http://HOST:PORT` of the engine
 */
export async function openDynamoDbGate(to: string, judge: JudgeCall): Promise<PassThrough> {
  const agent = new Agent({ keepAlive: true, noDelay: true });
  const server = createServer((message, out) => void serve(new URL(to), agent, judge, message, out));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

async function serve(
  to: URL,
  agent: Agent,
  judge: JudgeCall,
  message: IncomingMessage,
  out: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(message);
    if (body === null) {
      return answerError(out, 413, 'RequestEntityTooLarge', 'the request is too large');
    }
    const verdict = judge(accessKeyOf(message), operationOf(message), inputOf(body));
    if (verdict === 'unknown-caller') {
      return answerError(out, 400, 'UnrecognizedClientException', UNKNOWN);
    }
    if (verdict !== 'allowed') {
      return answerError(out, 400, 'AccessDeniedException', verdict.refused);
    }
    forward(to, agent, message, body, out);
  } catch {
    // The caller went away while it was sending.
    out.destroy();
  }
}

const UNKNOWN = 'The security token included in the request is invalid.';

async function readBody(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_REQUEST) {
      return null;
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

const accessKeyOf = ({ headers }: IncomingMessage): string =>
  /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';

/** `DynamoDB_20120810.GetItem`. */
const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';

/** What is no JSON has no tables to judge; the engine refuses it. */
function inputOf(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function forward(
  { hostname, port }: URL,
  agent: Agent,
  message: IncomingMessage,
  body: Buffer,
  out: ServerResponse,
): void {
  const { method, url: path } = message;
  const headers = { ...endToEnd(message), 'content-length': body.length };
  const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
    out.writeHead(answer.statusCode ?? 502, endToEnd(answer));
    answer.pipe(out);
    answer.on('error', () => out.destroy());
  });
  onward.on('error', () => {
    if (out.headersSent) {
      return void out.destroy();
    }
    answerError(out, 503, 'ServiceUnavailable', 'the DynamoDB engine of this server does not answer');
  });
  out.on('close', () => onward.destroy());
  onward.end(body);
}
