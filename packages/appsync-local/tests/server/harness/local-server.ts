import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import WebSocket, { type ClientOptions } from 'ws';
import { LOCAL_API_KEY } from '../../../src/ground/local-credentials.ts';
import { Mailbox } from '../../harness/mailbox.ts';
import { type ServerProcess, startServer } from '../../harness/port-target.ts';

export type { ServerProcess };

/** A folder of this test only, removed after it. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'server-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return directory;
}

/** The server as people start it, on a free port unless PORT is given; it is stopped after the test. */
export async function startLocal(
  args: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const port = environment.PORT === undefined ? ['--port', '0'] : [];
  const server = await startServer([...port, ...args], environment);
  onTestFinished(() => end(server));
  return server;
}

/** A server that does not stop when it should is a failed test, but no process left behind. */
async function end(server: ServerProcess): Promise<void> {
  await Promise.race([server.stop(), sleep(5000, null, { ref: false })]);
  await server.stop('SIGKILL');
}

/** The value of a line such as `DynamoDB URL  http://…`. */
export function printed(server: ServerProcess, name: string): string {
  const value = new RegExp(`^${name} +(\\S+)`, 'm').exec(server.output)?.[1];
  if (value === undefined) {
    throw new Error(`the server printed no ${name}:\n${server.output}`);
  }
  return value;
}

export const portOf = ({ origin }: ServerProcess): number => Number(new URL(origin).port);

type Headers = Record<string, string>;
export const withApiKey: Headers = { 'x-api-key': LOCAL_API_KEY };

/** The data of an operation that must succeed. */
export async function graphql<Data>(
  origin: string,
  query: string,
  variables: object = {},
  headers: Headers = withApiKey,
): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) {
    throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
  }
  return data;
}

const PUT = 'mutation ($input: PutItemInput!) { putItem(input: $input) { id version owner } }';

/** @param more other members of the input. */
export async function putItem(
  origin: string,
  id: string,
  more: object = {},
  headers?: Headers,
): Promise<{ id: string; version: number; owner: string | null }> {
  const input = { id, payload: JSON.stringify({ from: id }), ...more };
  return (await graphql<{ putItem: never }>(origin, PUT, { input }, headers)).putItem;
}

/** Half of what `getItems` takes: an answer holds 5 MB, and the largest items here have 50 KB. */
const IDS_AT_ONCE = 50;

/** Which of these ids have items. */
export async function keptIds(origin: string, ids: string[]): Promise<string[]> {
  const kept: string[] = [];
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
    const { getItems } = await graphql<{ getItems: ({ id: string } | null)[] }>(
      origin,
      'query ($ids: [ID!]!) { getItems(ids: $ids) { id } }',
      { ids: ids.slice(first, first + IDS_AT_ONCE) },
    );
    kept.push(...getItems.flatMap((item) => (item ? [item.id] : [])));
  }
  return kept;
}

export interface Realtime {
  /** The next message that is no keep-alive. */
  next(): Promise<Record<string, unknown>>;
  /** Resolves once the subscription is acknowledged. */
  subscribe(query: string): Promise<void>;
}

/**
 * An acknowledged real-time connection with the API key, closed after the test.
 *
 * @param origin `ws://localhost:PORT` or `wss://…`
 * @param options such as the certificate authority to trust
 */
export async function openRealtime(origin: string, options: ClientOptions = {}): Promise<Realtime> {
  const authorization = { host: new URL(origin).host, ...withApiKey };
  const header = Buffer.from(JSON.stringify(authorization)).toString('base64url');
  const socket = new WebSocket(`${origin}/graphql/realtime`, ['graphql-ws', `header-${header}`], options);
  const mailbox = new Mailbox();
  socket.on('message', (data) => mailbox.put(String(data)));
  socket.on('error', () => undefined); // `once` below rejects with it; later the server may be killed
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');

  const send = (message: object): void => socket.send(JSON.stringify(message));
  const next = async (): Promise<Record<string, unknown>> => {
    const message = await mailbox.next();
    return message.type === 'ka' ? next() : message;
  };
  const expectNext = async (type: string): Promise<void> => {
    const message = await next();
    if (message.type !== type) {
      throw new Error(`expected ${type}, got ${JSON.stringify(message)}`);
    }
  };
  send({ type: 'connection_init' });
  await expectNext('connection_ack');
  return {
    next,
    subscribe: (query) => {
      const data = JSON.stringify({ query, variables: {} });
      send({ id: 's1', type: 'start', payload: { data, extensions: { authorization } } });
      return expectNext('start_ack');
    },
  };
}
