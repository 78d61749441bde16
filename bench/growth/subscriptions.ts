import { WebSocket } from 'ws';
import { put } from './asked.ts';
import { costOf, type Round } from './cost.ts';
import type { Place } from './place.ts';

/** What so many subscriptions cost that wait for other items than those that are written. */
export interface SubscriptionSample {
  subscriptions: number;
  /** CPU µs of our process for each `start` among those before it, until it is acknowledged. */
  start: number;
  /** CPU µs of our process for each put. */
  put: number;
  /** Resident bytes of our process for each subscription. */
  bytes: number;
}

const PER_CONNECTION = 10;
/** Starts that wait for their answer at a time. */
const AT_ONCE = 200;
const WARM_UP_STARTS = 200;

/** Adds subscriptions up to each count, ten a connection, each with a filter of its own. */
export async function measureSubscriptions(
  place: Place,
  counts: number[],
  round: Round,
  progress: (line: string) => void,
): Promise<SubscriptionSample[]> {
  const clients = createClients(place);
  const samples: SubscriptionSample[] = [];
  let there = 0;
  try {
    await costOf(place, put, round);
    await tooMany(place, WARM_UP_STARTS);
    const before = place.memory().server;
    for (const count of counts) {
      progress(`${count.toLocaleString('en-US')} subscriptions`);
      const cpu = await place.server.cpu();
      while (there < count) {
        const some = Math.min(AT_ONCE, count - there);
        await Promise.all(Array.from({ length: some }, (_, index) => clients.subscribe(there + index)));
        there += some;
      }
      const added = count - (samples.at(-1)?.subscriptions ?? 0);
      const start = ((await place.server.cpu()) - cpu) / added;
      const bytes = (place.memory().server - before) / count;
      const { server } = await costOf(place, put, round);
      samples.push({ subscriptions: count, start, put: server, bytes });
    }
    return samples;
  } finally {
    clients.close();
  }
}

/** What one client may ask of one connection: AppSync's 200 subscriptions and then refusals. */
export async function tooMany(place: Place, starts: number): Promise<{ accepted: number; cpu: number }> {
  const client = await connect(place);
  try {
    const cpu = await place.server.cpu();
    const answers = await Promise.all(
      Array.from({ length: starts }, (_, index) => client.start(String(index), `other-${index}`)),
    );
    const accepted = answers.filter((type) => type === 'start_ack').length;
    return { accepted, cpu: ((await place.server.cpu()) - cpu) / starts };
  } finally {
    client.close();
  }
}

interface Client {
  /** @returns the type of the answer */
  start(operation: string, id: string): Promise<string>;
  close(): void;
}

function createClients(place: Place) {
  const open: Promise<Client>[] = [];
  return {
    async subscribe(index: number): Promise<void> {
      const client = await (open[Math.floor(index / PER_CONNECTION)] ??= connect(place));
      const answer = await client.start(String(index), `other-${index}`);
      if (answer !== 'start_ack') {
        throw new Error(`subscription ${index} was answered with ${answer}`);
      }
    },
    close: () => open.forEach((client) => void client.then(({ close }) => close())),
  };
}

/** As a user, for the subscriptions of one mutation are closed to API keys. */
async function connect({ server, headers }: Place): Promise<Client> {
  const { host } = new URL(server.url);
  const authorization = { host, ...headers.owner };
  const encoded = Buffer.from(JSON.stringify(authorization)).toString('base64url');
  const socket = new WebSocket(`ws://${host}/graphql/realtime`, ['graphql-ws', `header-${encoded}`]);
  const waiting = new Map<string, (type: string) => void>();
  socket.on('message', (data) => {
    const { type, id } = JSON.parse(String(data)) as { type: string; id?: string };
    waiting.get(id ?? type)?.(type);
  });
  const answer = (key: string): Promise<string> => new Promise((resolve) => waiting.set(key, resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const acknowledged = answer('connection_ack');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await acknowledged;
  return {
    async start(operation, id) {
      const answered = answer(operation);
      const query = 'subscription On($id: ID) { onPutItem(id: $id) { id version payload owner } }';
      const data = JSON.stringify({ query, variables: { id } });
      const payload = { data, extensions: { authorization } };
      socket.send(JSON.stringify({ type: 'start', id: operation, payload }));
      return answered;
    },
    close: () => socket.close(),
  };
}
