import { setTimeout as sleep } from 'node:timers/promises';
import {
  apiKey,
  type ApiTarget,
  type Credentials,
  type Document,
  type ErrorEntry,
  type GraphQLResult,
  type TestSocket,
} from './target.ts';

export interface Subscription {
  /** The next `data` message's payload. */
  next(timeoutMs?: number): Promise<GraphQLResult<Record<string, Record<string, unknown> | null>>>;
  socket: TestSocket;
  close(): void;
}

/** What a test says to an API, and hears from it. */
export interface ApiClient {
  /** Sends an operation; variables are sent as JSON, as every client does. */
  graphql<Result, Variables>(
    document: Document<Result, Variables> | string,
    variables?: Variables,
    credentials?: Credentials,
  ): Promise<GraphQLResult<Result>>;
  /** The data of an operation that must succeed. */
  succeed<Result, Variables>(
    document: Document<Result, Variables> | string,
    variables?: Variables,
    credentials?: Credentials,
  ): Promise<Result>;
  /** The only error of an operation that must fail. */
  fail<Result, Variables>(
    document: Document<Result, Variables> | string,
    variables?: Variables,
    credentials?: Credentials,
  ): Promise<ErrorEntry>;
  /** Opens a connection and subscribes; resolves once the server acknowledged the subscription. */
  subscribe<Result, Variables>(
    document: Document<Result, Variables> | string,
    variables?: Variables,
    credentials?: Credentials,
  ): Promise<Subscription>;
  /** Subscribes on a connection; resolves once the server acknowledged the subscription. */
  startOn<Result, Variables>(
    socket: TestSocket,
    id: string,
    document: Document<Result, Variables> | string,
    variables?: Variables,
    credentials?: Credentials,
  ): Promise<void>;
  /** An acknowledged connection. */
  connect(credentials?: Credentials): Promise<TestSocket>;
}

export const base64Url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function nextButKeepAlive(
  socket: TestSocket,
  timeoutMs?: number,
): Promise<Record<string, unknown>> {
  const message = await socket.next(timeoutMs);
  return message.type === 'ka' ? nextButKeepAlive(socket, timeoutMs) : message;
}

/** How often an operation that was throttled is sent again, each time after twice as long. */
const AGAIN = 5;

async function ask(
  target: ApiTarget,
  body: string,
  credentials: Credentials,
): Promise<GraphQLResult<unknown>> {
  const response = await target.post(body, await target.headersFor(credentials, body));
  return JSON.parse(response.body) as GraphQLResult<unknown>;
}

/** Nothing of it was done: the API says to try again later (docs/errors.md). */
const isThrottled = ({ errors = [] }: GraphQLResult<unknown>): boolean =>
  errors.length > 0 && errors.every(({ errorType }) => errorType === 'Throttled');

const pauseMs = ({ errors = [] }: GraphQLResult<unknown>): number =>
  (errors[0]?.errorInfo as { retryAfterMs?: number } | null)?.retryAfterMs ?? 1000;

/** Callers present the API key unless a test says otherwise. */
export function createApiClient(target: ApiTarget): ApiClient {
  const client: ApiClient = {
    async graphql(document, variables, credentials = apiKey) {
      const body = JSON.stringify({ query: String(document), variables });
      let result = await ask(target, body, credentials);
      for (let again = 0; target.shared && again < AGAIN && isThrottled(result); again += 1) {
        await sleep(pauseMs(result) * 2 ** again);
        result = await ask(target, body, credentials);
      }
      return result as never;
    },

    async succeed(document, variables, credentials) {
      const { data, errors } = await client.graphql(document, variables, credentials);
      if (errors) {
        throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
      }
      return data as never;
    },

    async fail(document, variables, credentials) {
      const { data, errors } = await client.graphql(document, variables, credentials);
      if (errors?.length !== 1) {
        throw new Error(`expected one error, got ${JSON.stringify({ data, errors })}`);
      }
      return errors[0]!;
    },

    async subscribe(document, variables, credentials = apiKey) {
      const socket = await client.connect(credentials);
      await client.startOn(socket, 's1', document, variables, credentials);
      return {
        socket,
        next: async (timeoutMs) => (await nextButKeepAlive(socket, timeoutMs)).payload as never,
        close: () => socket.close(),
      };
    },

    async startOn(socket, id, document, variables, credentials = apiKey) {
      const data = JSON.stringify({ query: String(document), variables });
      const authorization = await target.realtimeHeadersFor(credentials, data);
      socket.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
      const answer = await nextButKeepAlive(socket);
      if (answer.type !== 'start_ack') {
        socket.close();
        throw new Error(JSON.stringify(answer));
      }
    },

    async connect(credentials = apiKey) {
      const header = base64Url(await target.realtimeHeadersFor(credentials, '{}', '/graphql/connect'));
      const socket = await target.openSocket(['graphql-ws', `header-${header}`]);
      socket.send({ type: 'connection_init' });
      const answer = await socket.next();
      if (answer.type !== 'connection_ack') {
        throw new Error(JSON.stringify(answer));
      }
      return socket;
    },
  };
  return client;
}
