import WebSocket from 'ws';
import type { TypedDocumentString } from '../../schema/generated/operations.ts';
import { DemoFailure } from './failure.ts';
import type { Urls } from './server.ts';

/** Longest wait for a message that must come. */
const PATIENCE_MS = 10_000;

interface Message {
  type: string;
  payload?: unknown;
}

/** One acknowledged subscription on a connection of its own. */
export interface Subscription<Result> {
  /** The next event, and when it came by `performance.now()`. @throws DemoFailure when none comes within 10 s */
  next(): Promise<{ data: Result; at: number }>;
  close(): void;
}

/**
 * Subscribes in AppSync's own protocol: the authorization travels base64url-encoded among the subprotocols, and
 * once more with `start` (AppSync developer guide, "Building a real-time WebSocket client").
 * @throws DemoFailure when the connection or the subscription is refused
 */
export async function subscribe<Result, Variables>(
  urls: Urls,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Subscription<Result>> {
  const authorization = { host: new URL(urls.graphql).host, 'x-api-key': urls.apiKey };
  const header = Buffer.from(JSON.stringify(authorization)).toString('base64url');
  const socket = new WebSocket(urls.realtime, ['graphql-ws', `header-${header}`]);
  const expectMessage = inbox(socket);

  const send = (message: object): void => socket.send(JSON.stringify(message));
  socket.once('open', () => send({ type: 'connection_init' }));
  await expectMessage('connection_ack');
  const data = JSON.stringify({ query: String(document), variables });
  send({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });
  await expectMessage('start_ack');

  return {
    async next() {
      const { message, at } = await expectMessage('data');
      return { data: (message.payload as { data: Result }).data, at };
    },
    close: () => socket.close(),
  };
}

interface Arrival {
  message: Message;
  at: number;
}

/** Keeps what arrives, in order, for whoever asks next; keep-alives are left out. */
function inbox(socket: WebSocket): (type: string) => Promise<Arrival> {
  const arrived: Arrival[] = [];
  let failure: DemoFailure | undefined;
  let wake = (): void => undefined;

  socket.on('message', (text) => {
    const message = JSON.parse(String(text)) as Message;
    if (message.type !== 'ka') {
      arrived.push({ message, at: performance.now() });
      wake();
    }
  });
  const fail = (reason: string): void => {
    failure ??= new DemoFailure(`the real-time connection failed: ${reason}`);
    wake();
  };
  socket.on('error', ({ message }) => fail(message));
  socket.once('close', (code) => fail(`closed with code ${code}`));

  return async (type) => {
    if (arrived.length === 0 && !failure) {
      const timer = setTimeout(() => fail(`no ${type} within ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
      await new Promise<void>((resolve) => (wake = resolve));
      clearTimeout(timer);
    }
    const arrival = arrived.shift();
    if (!arrival) {
      throw failure ?? new DemoFailure(`no ${type} came`);
    }
    if (arrival.message.type !== type) {
      throw new DemoFailure(`expected ${type} of the real-time URL, got ${JSON.stringify(arrival.message)}`);
    }
    return arrival;
  };
}
