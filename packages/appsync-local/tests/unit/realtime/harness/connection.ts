import type { AuthorizeRealtime, RealtimeCredentials } from '../../../../src/auth/authorize-realtime.ts';
import { RequestRefused, type Caller } from '../../../../src/auth/caller.ts';
import type { PreparedSubscription } from '../../../../src/graphql/subscription.ts';
import {
  openConnection,
  type Connection,
  type ConnectionOptions,
} from '../../../../src/realtime/connection.ts';
import { createFanOut } from '../../../../src/realtime/fan-out.ts';

export const subscription = (more: Partial<PreparedSubscription> = {}): PreparedSubscription => ({
  fieldName: 'onPutItem',
  mutations: ['putItem'],
  arguments: {},
  renderKey: 'one',
  render: (event) => ({ data: { onPutItem: event } }),
  ...more,
});

/** A socket without a network: what was sent, and how it was closed. */
export const fakeSocket = () => ({
  sent: [] as unknown[],
  texts: [] as string[],
  closedWith: null as [number, string] | null,
  buffered: 0,
  send(frame: string | readonly Buffer[]) {
    const text = typeof frame === 'string' ? frame : Buffer.concat(frame).toString();
    this.texts.push(text);
    this.sent.push(JSON.parse(text));
  },
  close(code: number, reason: string) {
    this.closedWith = [code, reason];
  },
  bufferedBytes() {
    return this.buffered;
  },
});

const caller: Caller = { mode: 'API_KEY', identity: null, groups: [] };

/** Takes `x-api-key: good`, and keeps what it was asked. */
export function keyAuthorize() {
  const asked: { credentials: RealtimeCredentials; data?: string }[] = [];
  const judge = async (credentials: RealtimeCredentials): Promise<Caller> => {
    if (credentials['x-api-key'] === 'good') {
      return caller;
    }
    throw new RequestRefused(401, 'UnauthorizedException', 'You are not authorized to make this call.');
  };
  const authorize: AuthorizeRealtime = {
    connect: (credentials) => (asked.push({ credentials }), judge(credentials)),
    start: (credentials, data) => (asked.push({ credentials, data }), judge(credentials)),
  };
  return { asked, authorize };
}

export const encode = (value: unknown, alphabet: 'base64' | 'base64url' = 'base64url'): string =>
  Buffer.from(JSON.stringify(value)).toString(alphabet);

export const handshake = (more: Partial<ConnectionOptions['handshake']> = {}) => ({
  headers: { host: 'localhost:4000' },
  url: '/graphql/realtime',
  protocols: ['graphql-ws', `header-${encode({ host: 'localhost:4000', 'x-api-key': 'good' })}`],
  remoteAddress: '127.0.0.1',
  ...more,
});

/** A connection of a client with a good key, and all that can be seen of it. */
export function connect(more: Partial<ConnectionOptions> = {}) {
  const socket = fakeSocket();
  const fanOut = createFanOut(() => undefined);
  const { asked, authorize } = keyAuthorize();
  const connection = openConnection({
    socket,
    handshake: handshake(),
    authorize,
    subscribe: async () => ({ kind: 'accepted', subscription: subscription() }),
    fanOut,
    ...more,
  });
  return { connection, socket, fanOut, asked };
}

export const send = (connection: Connection, message: unknown): void =>
  connection.receive(typeof message === 'string' ? message : JSON.stringify(message));

export const start = (id: string, more: { query?: string; key?: string; authorization?: unknown } = {}) => ({
  id,
  type: 'start',
  payload: {
    data: JSON.stringify({ query: more.query ?? 'subscription { onPutItem { id } }', variables: {} }),
    extensions: {
      authorization: more.authorization ?? { host: 'localhost:4000', 'x-api-key': more.key ?? 'good' },
    },
  },
});

/** Lets everything that waits for nothing but promises happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}

/** A connection that has its ack; `socket.sent` begins after it. */
export async function initialized(more: Parameters<typeof connect>[0] = {}) {
  const opened = connect(more);
  send(opened.connection, { type: 'connection_init' });
  await settle();
  opened.socket.sent.length = 0;
  return opened;
}
