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

/** Callers present the API key unless a test says otherwise. */
export function createApiClient(target: ApiTarget): ApiClient {
  const client: ApiClient = {
    async graphql(document, variables, credentials = apiKey) {
      const body = JSON.stringify({ query: String(document), variables });
      const response = await target.post(body, await target.headersFor(credentials, body));
      return JSON.parse(response.body) as never;
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
    },

    async connect(credentials = apiKey) {
      const header = base64Url(await target.headersFor(credentials, '{}', '/graphql/connect'));
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
