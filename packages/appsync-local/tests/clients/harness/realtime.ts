import WebSocket from 'ws';

/** The two ways to present credentials (AppSync developer guide, "Building a real-time WebSocket client"). */
export type CredentialForm = 'sub-protocol' | 'query string';

/** The header object for a request to a path with a body; only a signature depends on them. */
export type Credentials = (path: string, body: string) => Promise<Record<string, string>>;

export interface Operation {
  query: string;
  variables?: object;
}

export interface Listener {
  /** The server has acknowledged the subscription. */
  acknowledged(): void;
  next(result: never): void;
  error(error: unknown): void;
}

interface Message {
  type: string;
  payload: never;
}

/** AppSync's real-time protocol by hand, on a plain `ws` socket. @returns what ends the subscription */
export function listen(
  graphqlUrl: string,
  credentials: Credentials,
  { query, variables }: Operation,
  listener: Listener,
  form: CredentialForm = 'sub-protocol',
): () => void {
  let socket: WebSocket | undefined;
  const data = JSON.stringify({ query, variables });
  const send = (message: object): void => socket?.send(JSON.stringify(message));
  const handlers: Record<string, (payload: never) => unknown> = {
    connection_ack: async () => {
      const authorization = await credentials('/graphql', data);
      send({ id: 'one', type: 'start', payload: { data, extensions: { authorization } } });
    },
    start_ack: () => listener.acknowledged(),
    data: (result) => listener.next(result),
    error: (payload) => listener.error(payload),
    connection_error: (payload) => listener.error(payload),
  };
  void dial(graphqlUrl, credentials, form).then((dialled) => {
    socket = dialled;
    socket.on('open', () => send({ type: 'connection_init' }));
    socket.on('error', (error) => listener.error(error));
    socket.on('message', (text) => {
      const { type, payload } = JSON.parse(String(text)) as Message;
      handlers[type]?.(payload);
    });
  }, listener.error);
  return () => {
    send({ id: 'one', type: 'stop' });
    socket?.close();
  };
}

async function dial(graphqlUrl: string, credentials: Credentials, form: CredentialForm): Promise<WebSocket> {
  const url = graphqlUrl.replace(/^http/, 'ws') + '/realtime';
  const { host } = new URL(url);
  const header = JSON.stringify({ host, ...(await credentials('/graphql/connect', '{}')) });
  if (form === 'sub-protocol') {
    return new WebSocket(url, ['graphql-ws', `header-${Buffer.from(header).toString('base64url')}`]);
  }

  // Hand-written clients put the base64 there as it is, not percent-encoded.
  return new WebSocket(`${url}?header=${Buffer.from(header).toString('base64')}&payload=e30=`, 'graphql-ws');
}

export interface Heard<Result> {
  /** The one event that is waited for. */
  received: Promise<Result>;
}

/** Resolves once the server has acknowledged; what rejects is the server's refusal. */
export function subscribed<Result>(start: (listener: Listener) => void): Promise<Heard<Result>> {
  return new Promise((resolve, reject) => {
    const received = new Promise<Result>((receive, fail) =>
      start({
        acknowledged: () => resolve({ received }),
        next: receive as Listener['next'],
        error: (error) => {
          reject(error);
          fail(error);
        },
      }),
    );
    received.catch(() => undefined);
  });
}
