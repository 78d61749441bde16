import { afterAll } from 'vitest';
import { deployedTarget } from './deployed-target.ts';
import { memoryTarget } from './memory-target.ts';
import { portTarget } from './port-target.ts';
import {
  apiKey,
  type ApiTarget,
  type Credentials,
  type Document,
  type ErrorEntry,
  type GraphQLResult,
  type TestSocket,
} from './target.ts';

/**
 * The API under test: `API_TARGET=memory` (default) or `port` start a local server for the file, `API_URL` names a
 * deployed one.
 */
export const target: ApiTarget = process.env.API_URL
  ? await deployedTarget(process.env.API_URL)
  : process.env.API_TARGET === 'port'
    ? await portTarget()
    : await memoryTarget();

afterAll(() => target.close());

/** True where the server is ours, so that a test may rely on its clock and its keys. */
export const isLocal = !process.env.API_URL;

/** Ids of this run only, so that a deployed API's items are left alone. */
const run = Math.random().toString(36).slice(2, 8);
let count = 0;
export const newId = (name = 'item'): string => `${name}-${run}-${(count += 1)}`;

/** Sends an operation; variables are sent as JSON, as every client does. */
export async function graphql<Result, Variables>(
  document: Document<Result, Variables> | string,
  variables?: Variables,
  credentials: Credentials = apiKey,
): Promise<GraphQLResult<Result>> {
  const body = JSON.stringify({ query: String(document), variables });
  const response = await target.post(body, await target.headersFor(credentials, body));
  return JSON.parse(response.body) as GraphQLResult<Result>;
}

/** The data of an operation that must succeed. */
export async function succeed<Result, Variables>(
  document: Document<Result, Variables> | string,
  variables?: Variables,
  credentials?: Credentials,
): Promise<Result> {
  const { data, errors } = await graphql(document, variables, credentials);
  if (errors) {
    throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
  }
  return data as Result;
}

/** The only error of an operation that must fail. */
export async function fail<Result, Variables>(
  document: Document<Result, Variables> | string,
  variables?: Variables,
  credentials?: Credentials,
): Promise<ErrorEntry> {
  const { data, errors } = await graphql(document, variables, credentials);
  if (errors?.length !== 1) {
    throw new Error(`expected one error, got ${JSON.stringify({ data, errors })}`);
  }
  return errors[0]!;
}

/** An item with its payload parsed: the order of an object's members means nothing, and DynamoDB keeps none. */
export const parsed = <Item extends { payload: string | null }>(item: Item | null | undefined) =>
  item ? { ...item, payload: JSON.parse(item.payload ?? 'null') as unknown } : null;

export interface Subscription {
  /** The next `data` message's payload. */
  next(timeoutMs?: number): Promise<GraphQLResult<Record<string, Record<string, unknown> | null>>>;
  socket: TestSocket;
  close(): void;
}

export const base64Url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Opens a connection and subscribes; resolves once the server acknowledged the subscription. */
export async function subscribe<Result, Variables>(
  document: Document<Result, Variables> | string,
  variables: Variables,
  credentials: Credentials = apiKey,
): Promise<Subscription> {
  const socket = await connect(credentials);
  const data = JSON.stringify({ query: String(document), variables });
  const authorization = await target.headersFor(credentials, data);
  socket.send({ id: 's1', type: 'start', payload: { data, extensions: { authorization } } });
  const answer = await nextButKeepAlive(socket);
  if (answer.type !== 'start_ack') {
    socket.close();
    throw new Error(JSON.stringify(answer));
  }
  return {
    socket,
    next: async (timeoutMs) => (await nextButKeepAlive(socket, timeoutMs)).payload as never,
    close: () => socket.close(),
  };
}

/** An acknowledged connection. */
export async function connect(credentials: Credentials = apiKey): Promise<TestSocket> {
  const header = base64Url(await target.headersFor(credentials, '{}', '/graphql/connect'));
  const socket = await target.openSocket(['graphql-ws', `header-${header}`]);
  socket.send({ type: 'connection_init' });
  const answer = await socket.next();
  if (answer.type !== 'connection_ack') {
    throw new Error(JSON.stringify(answer));
  }
  return socket;
}

export async function nextButKeepAlive(
  socket: TestSocket,
  timeoutMs?: number,
): Promise<Record<string, unknown>> {
  const message = await socket.next(timeoutMs);
  return message.type === 'ka' ? nextButKeepAlive(socket, timeoutMs) : message;
}
