import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { PUT } from './requests.ts';
import { quantile } from './statistics.ts';

/** AppSync's protocol, that of graphql-ws, or none: everybody who connects is told everything. */
export type Protocol = 'appsync' | 'graphql-transport-ws' | 'none';

/** What tells of a put: the mutation itself, or the change feed. */
export type HeardField = 'onPutItem' | 'onItemChange';

export interface Audience {
  url: string;
  /** Of the client whose mutations are heard. */
  headers: Record<string, string>;
  /** Of those who listen. Default: the same. */
  listeners?: Record<string, string>;
  protocol: Protocol;
  /** Where WebSockets go, below the host of `url`. */
  path: string;
  subscribers: number;
  /** What they subscribe to. @default onPutItem */
  field?: HeardField;
}

export interface Burst {
  mutationsPerSecond: number;
  mutations: number;
}

export interface BurstReport {
  mutations: number;
  delivered: number;
  /** From the first mutation to the last frame. */
  seconds: number;
  /** Milliseconds from sending a mutation to a subscriber's frame, over every tenth subscriber. */
  p50: number;
  p99: number;
  /** Bytes of one frame's text. */
  frameBytes: number;
}

const SUBSCRIPTIONS: Record<HeardField, string> = {
  onPutItem: 'subscription { onPutItem { id version payload createdAt updatedAt } }',
  onItemChange:
    'subscription { onItemChange { type id version at order item { payload createdAt updatedAt } } }',
};
/** Opening a thousand sockets at once would fill the server's backlog. */
const AT_ONCE = 50;
const OPEN_MS = 20_000;
/** How long to wait for frames after the last mutation, before they count as lost. */
const LATE_MS = 20_000;
const SAMPLED = 10;

let audience: Audience;
let pool: Pool;
let delivered = 0;
let lastFrameAt = 0;
let frameBytes = 0;
let latencies: number[] = [];
let firstId = '';

process.on('message', (order: Audience | Burst) => {
  const done = 'url' in order ? open(order) : burst(order);
  done.then(
    (report) => process.send!(report),
    (error: Error) => process.send!({ failed: error.message }),
  );
});

async function open(given: Audience): Promise<true> {
  audience = given;
  pool = new Pool(new URL(given.url).origin, { connections: 8 });
  for (let opened = 0; opened < given.subscribers; opened += AT_ONCE) {
    const count = Math.min(AT_ONCE, given.subscribers - opened);
    await Promise.all(Array.from({ length: count }, (_, index) => subscribe(opened + index)));
  }
  // graphql-ws acknowledges no subscription: it is there once it has answered the ping that came after it.
  return true;
}

async function subscribe(index: number): Promise<void> {
  const { url, headers, listeners = headers, protocol, path, field = 'onPutItem' } = audience;
  const subscription = SUBSCRIPTIONS[field];
  const { host } = new URL(url);
  const authorization = { host, ...listeners };
  const header = Buffer.from(JSON.stringify(authorization)).toString('base64');
  const query = protocol === 'appsync' ? `?header=${encodeURIComponent(header)}&payload=e30=` : '';
  const subprotocol = { appsync: 'graphql-ws', 'graphql-transport-ws': 'graphql-transport-ws', none: [] }[
    protocol
  ];
  const socket = new WebSocket(`ws://${host}${path}${query}`, subprotocol, { perMessageDeflate: false });
  const say = (message: object): void => socket.send(JSON.stringify(message));

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`subscriber ${index} was not let in within ${OPEN_MS / 1000} s`)),
      OPEN_MS,
    );
    const ready = (): void => {
      clearTimeout(timer);
      socket.removeAllListeners('message');
      socket.on('message', (frame: Buffer) => hear(frame, index));
      resolve();
    };
    socket.on('error', reject);
    socket.on('close', (code, reason) => reject(new Error(`closed with ${code} ${reason.toString()}`)));
    socket.on('open', () => (protocol === 'none' ? ready() : say({ type: 'connection_init' })));
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString()) as { type: string };
      if (message.type === 'connection_ack') {
        if (protocol === 'appsync') {
          const data = JSON.stringify({ query: subscription, variables: {} });
          say({ id: '1', type: 'start', payload: { data, extensions: { authorization } } });
        } else {
          say({ id: '1', type: 'subscribe', payload: { query: subscription } });
          say({ type: 'ping' });
        }
      } else if (message.type === 'start_ack' || message.type === 'pong') {
        ready();
      } else if (message.type.includes('error')) {
        reject(new Error(`subscribing was answered with ${text.toString().slice(0, 300)}`));
      }
    });
  });
}

/** Frames say in their payload when their mutation was sent. */
function hear(frame: Buffer, index: number): void {
  if (frame.length < 100) {
    return;
  } // keep-alive
  delivered += 1;
  if (index % SAMPLED !== 0) {
    return;
  }
  lastFrameAt = performance.now();
  const text = frame.toString();
  const sentAt = /"sentAt\\":([\d.]+)/.exec(text);
  if (!sentAt) {
    throw new Error(`a frame without the mutation's payload: ${text.slice(0, 300)}`);
  }
  frameBytes = frame.length;
  latencies.push(lastFrameAt - Number(sentAt[1]));
}

async function burst({ mutationsPerSecond, mutations }: Burst): Promise<BurstReport> {
  delivered = 0;
  latencies = [];
  firstId = `sub-${Date.now()}`;
  const expected = mutations * audience.subscribers;
  const begun = performance.now();
  const sending: Promise<void>[] = [];
  for (let sent = 0; sent < mutations; sent += 1) {
    const wait = begun + (sent * 1000) / mutationsPerSecond - performance.now();
    if (wait > 0) {
      await sleep(wait);
    }
    sending.push(mutate(`${firstId}-${sent % 100}`));
  }
  await Promise.all(sending);
  const latest = performance.now() + LATE_MS;
  while (delivered < expected && performance.now() < latest) {
    await sleep(5);
  }
  return {
    mutations,
    delivered,
    seconds: (lastFrameAt - begun) / 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    frameBytes,
  };
}

async function mutate(id: string): Promise<void> {
  const payload = JSON.stringify({ sentAt: Number(performance.now().toFixed(3)), text: 'x'.repeat(160) });
  const body = JSON.stringify({ query: PUT.query, variables: { input: { id, payload } } });
  const { pathname } = new URL(audience.url);
  const headers = { 'content-type': 'application/json', ...audience.headers };
  const response = await pool.request({ path: pathname, method: 'POST', headers, body });
  const text = await response.body.text();
  if (response.statusCode !== 200 || text.includes('"errors"')) {
    throw new Error(`a mutation was answered with ${response.statusCode} ${text.slice(0, 300)}`);
  }
}
