import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  LOCAL_API_KEY,
  LOCAL_CREDENTIALS,
} from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { serverForClients } from '../../packages/appsync-local/tests/clients/harness/server.ts';
import { randomFrom } from '../../packages/appsync-local/tests/harness/random.ts';
import { signerFor } from '../../packages/appsync-local/tests/harness/sign.ts';
import {
  type Authorization,
  createLiveItems,
  graphqlRequest,
  type Item,
  itemChanges,
  type ItemChange,
  type LiveItems,
  type LiveItemsStatus,
  withApiKey,
  withSignature,
  withToken,
} from '../../packages/live-items/src/index.ts';
import { ListItemsDocument, type ListItemsQuery } from '../../schema/generated/operations.ts';
import { fragileSockets } from './harness/fragile-socket.ts';
import { graphqlWriter, sdkWriter, type Write } from './harness/item-writers.ts';

/** Enough for a dozen cuts; `npm run torture` compares live views for as long as it is told to. */
const WRITES = 1_200;
const TIME_LIMIT_MS = 600_000;
/** From the last write on: what expires is removed within a minute or so, and a busy machine takes longer. */
const SETTLED_WITHIN_MS = 180_000;
const backOff = { baseMs: 50, capMs: 500 };

const server = serverForClients();
const everything = withSignature(signerFor(LOCAL_CREDENTIALS));
const alice = withToken(() => server.token('alice'));
const CALLERS: Record<string, Authorization> = {
  iam: everything,
  'api key': withApiKey(LOCAL_API_KEY),
  alice,
};

/** One change of one item. */
const nameOf = ({ id, order }: ItemChange): string => `${id} ${order}`;

/** A caller's view, with the changes it was told of, in turn, how often it went live, and what it said last of why it did not. */
function watched(authorization: Authorization) {
  const { webSocket, cut } = fragileSockets();
  const applied: ItemChange[] = [];
  const statuses: LiveItemsStatus[] = [];
  let reason: unknown;
  const live = createLiveItems({
    url: server.graphqlUrl(),
    authorization,
    webSocket,
    backOff,
    onChange: (changes) => applied.push(...changes.flatMap(({ change }) => change ?? [])),
    onStatus: (status, because) => {
      statuses.push(status);
      reason = because;
    },
  });
  onTestFinished(() => live.stop());
  return { authorization, live, applied, statuses, reason: () => reason, cut };
}

/** The log of a caller as it grows, read by the iterator that back ends use. */
function logOf(authorization: Authorization): Map<string, ItemChange> {
  const log = new Map<string, ItemChange>();
  const stopping = new AbortController();
  const read = async (): Promise<void> => {
    const options = {
      url: server.graphqlUrl(),
      authorization,
      backOff,
      pollMs: 200,
      signal: stopping.signal,
    };
    for await (const { changes } of itemChanges(options)) {
      changes.forEach((change) => log.set(nameOf(change), change));
    }
  };
  const reading = read().catch(() => undefined);
  onTestFinished(async () => {
    stopping.abort();
    await reading;
  });
  return log;
}

/** What the table has, as the caller may list it. */
async function listed(authorization: Authorization): Promise<Item[]> {
  const items: Item[] = [];
  let nextToken: string | null = null;
  do {
    const variables: object = { limit: 100, nextToken };
    const { listItems }: ListItemsQuery = await graphqlRequest(
      { url: server.graphqlUrl(), authorization },
      { query: String(ListItemsDocument), variables },
    );
    items.push(...listItems.items);
    nextToken = listItems.nextToken;
  } while (nextToken !== null);
  return items;
}

const byId = (items: Iterable<Item>): Item[] => [...items].sort((one, other) => (one.id < other.id ? -1 : 1));

/** Writes until so much is written; a write that a restart interrupts may have happened or not. */
function writing(writes: Write[], enough: () => boolean, count: (made: number) => void): Promise<unknown> {
  return Promise.all(
    writes.map(async (write) => {
      while (!enough()) {
        await write().then(count, () => sleep(100));
      }
    }),
  );
}

it(
  `shows the table after ${WRITES} writes of all kinds, cut connections and a server killed on the way`,
  async () => {
    const seed = Date.now() % 1e6;
    const random = randomFrom(seed);
    const views = Object.values(CALLERS).map(watched);
    await Promise.all(views.map(({ live }) => live.ready));
    const logs = views.map(({ authorization }) => logOf(authorization));
    const url = server.graphqlUrl();
    const writes = [
      graphqlWriter({ url, authorization: CALLERS['api key']! }, random, 'open'),
      graphqlWriter({ url, authorization: everything }, random, 'open'),
      graphqlWriter({ url, authorization: alice }, random, 'alice'),
      graphqlWriter({ url, authorization: everything }, random, 'moving', ['alice', 'bob', null]),
      sdkWriter(() => server.dynamoDbUrl(), random, 'script'),
    ];
    let written = 0;
    let cuts = 0;
    const enough = (): boolean => written >= WRITES;

    const ended = writing(writes, enough, (made) => (written += made));
    const cutting = (async () => {
      while (!enough()) {
        await sleep(100 + random.below(600));
        cuts += random.oneOf(views).cut();
      }
    })();
    await vi.waitFor(() => expect(written).toBeGreaterThan(WRITES / 2), {
      timeout: TIME_LIMIT_MS,
      interval: 20,
    });
    await server.restart(async () => undefined, 'SIGKILL');
    await Promise.all([ended, cutting]);

    await vi.waitFor(
      async () => {
        expect([...logs[0]!.values()].some(({ type }) => type === 'EXPIRED')).toBe(true);
        for (const { live, authorization, reason } of views) {
          expect({ status: live.status, reason: reason() }).toMatchObject({ status: 'live' });
          expect(byId(live.items.values())).toEqual(byId(await listed(authorization)));
        }
        views.forEach(({ applied }, index) => {
          expect(missing(applied, logs[index]!)).toEqual([]);
        });
      },
      { timeout: SETTLED_WITHIN_MS, interval: 1_000 },
    );

    views.forEach(({ applied, live }, index) => expectEachOnce(applied, logs[index]!, live));
    expect(logs[0]!.size, `seed ${seed}`).toBeGreaterThanOrEqual(written);
    expect(cuts).toBeGreaterThan(3);
    expect(views.every(({ statuses }) => statuses.filter((status) => status === 'live').length > 1)).toBe(
      true,
    );
  },
  TIME_LIMIT_MS,
);

/**
 * Changes of the log that were not applied. Changes of owned items and of nobody's stand in different logs, which have no order between
 * them: who reads both may be told first what an item became when it changed hands, and what it was before is then of no account. Who
 * reads one log of an item, as users and API keys do, is told of all.
 */
function missing(applied: ItemChange[], log: Map<string, ItemChange>): string[] {
  const names = new Set(applied.map(nameOf));
  const wasOvertaken = ({ id, order, owner }: ItemChange): boolean =>
    applied.some(
      (other) => other.id === id && other.order > order && (other.owner === '') !== (owner === ''),
    );
  return [...log.entries()]
    .filter(([name, change]) => !names.has(name) && !wasOvertaken(change))
    .map(([name]) => name);
}

/** 0 missing, 0 twice, and those of one item in their order. */
function expectEachOnce(applied: ItemChange[], log: Map<string, ItemChange>, live: LiveItems): void {
  const names = applied.map(nameOf);
  const last = new Map<string, string>();
  const early = applied.filter(({ id, order }) => {
    const before = last.get(id) ?? '';
    last.set(id, order);
    return order < before;
  });

  expect({ missing: missing(applied, log), early }).toEqual({ missing: [], early: [] });
  expect(names.length - new Set(names).size).toBe(0);
  expect(live.items.size).toBeGreaterThan(0);
}
