import { describe, expect, it } from 'vitest';
import { KEPT_DAYS, KEPT_MS, LOG_NUMBERS } from '../../../model/change-log.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../../model/input.ts';
import { admin, alice, apiKey, iam, user } from './harness/callers.ts';
import { at, begin, type Row, rows, type Stash } from './harness/change-log.ts';
import { evaluate, NOW } from './harness/evaluate.ts';
import { BROKEN, THROTTLED } from './harness/stored.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const OLDEST = at(NOW - KEPT_MS);
/** Where a log stands that was read to its end. */
const SETTLED = at(NOW - 15 * 60_000);

const OPEN = LOG_NUMBERS.map((number) => `open#${number}`);
const OWNED = LOG_NUMBERS.map((number) => `owned#${number}`);

describe('the logs that are read', () => {
  it.each([
    ["an API key: those of nobody's items", apiKey, OPEN],
    ['a user: its own', alice, ['owner#alice']],
    ['an admin: all', admin, [...OPEN, ...OWNED]],
    ['IAM: all', iam, [...OPEN, ...OWNED]],
  ])('%s', (_, identity, logs) => {
    const { stash } = begin(identity);

    expect((stash as Stash).logs.map(({ log }) => log)).toEqual(logs);
  });

  it('from the oldest change kept, as many changes as a page has unless told', () => {
    const { stash } = begin(alice);

    expect(stash).toMatchObject({ logs: [{ position: OLDEST }], limit: DEFAULT_LIMIT });
    expect(begin(alice, { limit: MAX_LIMIT, since: null }).stash.limit).toBe(MAX_LIMIT);
  });

  it.each([0, MAX_LIMIT + 1])('refuses the limit %i', (limit) => {
    expect(begin(iam, { limit }).error).toMatchObject({
      message: `limit is ${limit}; it must be from 1 to ${MAX_LIMIT}`,
      errorInfo: { field: 'limit' },
    });
  });
});

describe('since', () => {
  it.each([
    ['PT5M', NOW - 5 * 60_000],
    ['PT2H', NOW - 2 * HOUR],
    ['P1D', NOW - DAY],
    ['P1DT2H3M4S', NOW - DAY - 2 * HOUR - 184_000],
    ['PT09M', NOW - 9 * 60_000],
    ['PT0S', NOW],
    ['PT90S', NOW - 90_000],
    ['PT1H30S', NOW - HOUR - 30_000],
    [`P${KEPT_DAYS}D`, NOW - KEPT_MS],
  ])('%s is so long ago', (since, from) => {
    expect(begin(alice, { since }).stash).toMatchObject({ logs: [{ position: at(from) }] });
  });

  // The last ones are before the time had 13 digits, and before 1970.
  it.each([
    `P${KEPT_DAYS + 1}D`,
    `P${KEPT_DAYS}DT1S`,
    `PT${KEPT_DAYS * 24 + 1}H`,
    'P9250D',
    'PT250000H',
    'P9999D',
    'P9999DT999999H',
  ])('%s is longer than changes are kept', (since) => {
    expect(begin(alice, { since }).error).toMatchObject({
      errorType: 'BadRequest',
      message: `since is older than the ${KEPT_DAYS} days that changes are kept; read the items anew with listItems, then itemChanges from PT5M`,
      errorInfo: { code: 'since_too_old', field: 'since' },
    });
  });

  const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
  it.each([
    ['no cursor', 'meow'],
    ['an empty duration', 'P'],
    ['another empty one', 'PT'],
    ['a month', 'P1M'],
    ['base64 of something else', 'bWVvdw=='],
    ['a page token', base64({ binding: 'listItems all', token: null })],
    ["another caller's cursor", base64({ binding: 'itemChanges owner:bob', positions: {} })],
    ['a cursor without positions', base64({ binding: 'itemChanges owner:alice' })],
    [
      'a position that is none',
      base64({ binding: 'itemChanges owner:alice', positions: { 'owner#alice': '5' } }),
    ],
    [
      'a position behind all keys',
      base64({ binding: 'itemChanges owner:alice', positions: { 'owner#alice': '9999999999999999' } }),
    ],
  ])('refuses %s', (_, since) => {
    expect(begin(alice, { since }).error).toMatchObject({
      errorType: 'BadRequest',
      message:
        'since is neither a cursor that itemChanges gave this caller nor a time back such as PT5M, PT2H or P1D',
      errorInfo: { code: 'since_invalid', field: 'since' },
    });
  });

  it('a cursor leads on for as long as the rows after it are there, an hour longer than changes are kept', () => {
    const since = (position: string) =>
      base64({ binding: 'itemChanges owner:alice', positions: { 'owner#alice': position } });
    const oldest = at(NOW - KEPT_MS - HOUR);

    expect(begin(alice, { since: since(oldest) }).stash).toMatchObject({ logs: [{ position: oldest }] });
    for (const position of [at(NOW - KEPT_MS - HOUR - 1), '0000000000000000']) {
      expect(begin(alice, { since: since(position) }).error).toMatchObject({
        message: expect.stringContaining(`older than the ${KEPT_DAYS} days`) as string,
        errorInfo: { field: 'since' },
      });
    }
  });

  it('an owner named in a cursor is not read: the logs are those of the caller', () => {
    const positions = { 'owner#bob': at(NOW), 'owner#alice': at(NOW - HOUR) };
    const since = base64({ binding: 'itemChanges owner:alice', positions });

    expect(begin(alice, { since }).stash.logs).toEqual([
      { log: 'owner#alice', position: at(NOW - HOUR), more: false, next: '', end: '' },
    ]);
  });

  it('a log that was added since begins where the oldest of the others is', () => {
    const positions = { 'open#0': at(NOW - HOUR), 'open#1': at(NOW - 2 * HOUR) };
    const since = base64({ binding: 'itemChanges owner:', positions });

    expect((begin(apiKey, { since }).stash as Stash).logs.map(({ position }) => position)).toEqual([
      at(NOW - HOUR),
      ...Array(3).fill(at(NOW - 2 * HOUR)),
    ]);
  });
});

/** What the whole pipeline answers when its logs hold these rows, and where the cursor stands. */
function read(
  identity: unknown,
  held: Record<string, { items: Row[]; nextToken?: string }>,
  args: object = {},
) {
  let stash = begin(identity, args).stash as Stash;
  for (let step = 0; step < 8; step += 1) {
    const asked = evaluate('pipeline/read-changes', { stash });
    if (asked.skipTo) {
      break;
    }
    const { items, nextToken = null } = held[stash.logs[stash.next]!.log] ?? { items: [] };
    stash = evaluate('pipeline/read-changes', { stash, result: { items, nextToken } }, 'response')
      .stash as Stash;
  }
  const { changes, cursor, hasMore } = evaluate('Query.itemChanges', { stash }, 'response').result as {
    changes: { id: string }[];
    cursor: string;
    hasMore: boolean;
  };
  const { positions } = JSON.parse(Buffer.from(cursor, 'base64').toString()) as {
    positions: Record<string, string>;
  };
  return { ids: changes.map(({ id }) => id), changes, cursor, hasMore, positions };
}

describe('a page', () => {
  it('reads each log after its position, consistently, and stops after the last', () => {
    const { stash } = begin(alice, { since: 'PT1H', limit: 5 });

    expect(evaluate('pipeline/read-changes', { stash }).result).toEqual({
      operation: 'Query',
      query: {
        expression: '#log = :log AND #position BETWEEN :after AND :last',
        expressionNames: { '#log': 'log', '#position': 'position' },
        expressionValues: {
          ':log': { S: 'owner#alice' },
          ':after': { S: `${at(NOW - HOUR)}0` },
          ':last': { S: '9999' },
        },
      },
      limit: 6,
      consistentRead: true,
    });
    expect(evaluate('pipeline/read-changes', { stash: { ...stash, next: 1 } }).skipTo).toBe('END');
  });

  it('merges the logs by time and leads on after what it has', () => {
    const held = {
      'open#0': { items: rows('open#0', [30, 10]) },
      'open#2': { items: rows('open#2', [20, 5]) },
    };

    const { ids, positions } = read(apiKey, held, { limit: 3 });

    expect(ids).toEqual(['open#0 30', 'open#2 20', 'open#0 10']);
    expect(positions).toEqual({
      'open#0': at(NOW - 10 * 60_000),
      'open#1': SETTLED,
      // Has nothing more up to there.
      'open#2': at(NOW - 10 * 60_000),
      'open#3': SETTLED,
    });
  });

  it('that is empty leads on from 15 minutes ago, or from where it began if that is later', () => {
    expect(read(alice, {})).toMatchObject({ ids: [], positions: { 'owner#alice': SETTLED } });
    expect(read(alice, {}, { since: 'PT1M' }).positions).toEqual({ 'owner#alice': at(NOW - 60_000) });
  });

  it('ends where a log has more than was read of it', () => {
    const held = {
      'open#0': { items: rows('open#0', [30, 20]), nextToken: 'more' },
      'open#1': { items: rows('open#1', [25, 10]) },
    };

    const { ids, positions } = read(apiKey, held);

    expect(ids).toEqual(['open#0 30', 'open#1 25', 'open#0 20']);
    expect(positions).toMatchObject({ 'open#0': at(NOW - 20 * 60_000), 'open#1': at(NOW - 20 * 60_000) });
  });

  it('from the beginning moves logs along that have changes, but none on it', () => {
    const held = {
      'open#0': { items: rows('open#0', [30, 20, 15]) },
      'open#1': { items: rows('open#1', [10]) },
      // Behind a gap, so that nobody knows what is before it.
      'open#2': { items: rows('open#2', [14, 5]).slice(1) },
    };

    const { ids, positions } = read(apiKey, held, { limit: 2 });

    expect(ids).toEqual(['open#0 30', 'open#0 20']);
    expect(positions).toMatchObject({
      'open#0': at(NOW - 20 * 60_000),
      'open#1': at(NOW - 20 * 60_000),
      'open#2': OLDEST,
    });
  });

  it('moves no log past a change at the very position where it ends', () => {
    const held = {
      'open#0': { items: rows('open#0', [30]) },
      'open#1': { items: rows('open#1', [30]) },
    };

    const { ids, positions } = read(apiKey, held, { limit: 1 });

    expect(ids).toEqual(['open#0 30']);
    expect(positions).toMatchObject({ 'open#1': OLDEST });
  });

  it('ends after a megabyte, but has one change at least', () => {
    const large = { items: rows('owner#alice', [9, 8, 7, 6], { bytes: 400_000 }) };
    const huge = { items: rows('owner#alice', [9, 8], { bytes: 2_000_000 }) };

    expect(read(alice, { 'owner#alice': large }).ids).toEqual(['owner#alice 9', 'owner#alice 8']);
    expect(read(alice, { 'owner#alice': huge })).toMatchObject({
      ids: ['owner#alice 9'],
      positions: { 'owner#alice': at(NOW - 9 * 60_000) },
    });
  });

  it('lets nothing overtake a change that its bytes have left', () => {
    const held = {
      'open#0': { items: rows('open#0', [9, 8], { bytes: 600_000 }) },
      'open#1': { items: rows('open#1', [7]) },
    };

    const { ids, positions } = read(apiKey, held);

    expect(ids).toEqual(['open#0 9']);
    expect(positions['open#1']).toBe(at(NOW - 9 * 60_000));
  });

  it('says whether anything may be behind it: what its limit, its bytes, a read or a gap has left', () => {
    const log = 'owner#alice';
    const items = rows(log, [9, 8, 7]);
    const large = rows(log, [9, 8, 7], { bytes: 400_000 });
    const more = (held: { items: Row[]; nextToken?: string }, limit = 10): boolean =>
      read(alice, { [log]: held }, { limit }).hasMore;

    expect(more({ items: [] })).toBe(false);
    expect(more({ items })).toBe(false);
    expect(more({ items, nextToken: 'more' })).toBe(true);
    expect(more({ items }, 2)).toBe(true);
    expect(more({ items: large })).toBe(true);
    expect(more({ items: [items[0]!, items[2]!] })).toBe(true);
  });

  it('stops before a change whose predecessor cannot be seen yet', () => {
    const items = rows('owner#alice', [9, 8, 7, 6]);
    const seen = read(alice, { 'owner#alice': { items: [items[0]!, items[1]!, items[3]!] } });
    const unseen = read(alice, { 'owner#alice': { items: items.slice(1) } }, { since: 'PT30M' });

    expect(seen.ids).toEqual(['owner#alice 9', 'owner#alice 8']);
    expect(seen.positions).toEqual({ 'owner#alice': at(NOW - 8 * 60_000) });
    expect(unseen).toMatchObject({ ids: [], positions: { 'owner#alice': at(NOW - 30 * 60_000) } });
  });

  it('goes on behind a row that was deleted, once no write can bring it any more', () => {
    const items = rows('owner#alice', [40, 20, 16, 9]);
    const seen = read(alice, { 'owner#alice': { items: [items[0]!, items[2]!, items[3]!] } });

    expect(seen.ids).toEqual(['owner#alice 40', 'owner#alice 16', 'owner#alice 9']);
    expect(seen.hasMore).toBe(false);
  });

  it('holds no other log up because of such a change', () => {
    const held = {
      'open#0': { items: rows('open#0', [9, 8]).slice(1) },
      'open#1': { items: rows('open#1', [7]) },
    };

    const { ids, positions } = read(apiKey, held, { since: 'PT30M' });

    expect(ids).toEqual(['open#1 7']);
    expect(positions['open#0']).toBe(at(NOW - 30 * 60_000));
  });

  it('goes on from its cursor for the same caller', () => {
    const { cursor } = read(alice, { 'owner#alice': { items: rows('owner#alice', [9]) } });

    expect(begin(alice, { since: cursor }).stash).toMatchObject({
      logs: [{ position: at(NOW - 9 * 60_000) }],
    });
    expect(begin(user('bob'), { since: cursor }).error?.errorType).toBe('BadRequest');
    expect(begin(user('alice', 'admins'), { since: cursor }).error?.errorType).toBe('BadRequest');
  });

  it.each<[string, object]>([
    [
      'with items as text',
      {
        item: '{"id":"a","version":2}',
        payload: '{"n":2}',
        previous: '{"id":"a","version":1}',
        previousPayload: 'null',
      },
    ],
    [
      'with items as maps, as they were written before',
      {
        item: { id: 'a', version: 2 },
        payload: { n: 2 },
        previous: { id: 'a', version: 1 },
        previousPayload: null,
      },
    ],
  ])('of a row %s, has the change as the API answers it: nothing of the log', (_, items) => {
    const row = {
      ...rows('owner#alice', [9])[0]!,
      kind: 'product', // part: validated-items
      version: 2,
      at: '2026-03-01T11:51:00Z',
      owner: 'alice',
      order: '1',
      payloadOmitted: false,
      ...items,
      expiresAt: 1,
    };

    const { changes } = read(alice, { 'owner#alice': { items: [row] } });

    expect(changes).toEqual([
      {
        type: 'CREATED',
        id: 'owner#alice 9',
        kind: 'product', // part: validated-items
        version: 2,
        at: '2026-03-01T11:51:00Z',
        owner: 'alice',
        order: '1',
        payloadOmitted: false,
        item: { id: 'a', version: 2, payload: { n: 2 } },
        previous: { id: 'a', version: 1, payload: null },
      },
    ]);
  });

  it.each<[string, object, boolean]>([
    ['has expired', { item: `{"expiresAt":${NOW / 1000}}` }, true],
    ['had expired before', { previous: `{"expiresAt":${NOW / 1000 - 1}}` }, true],
    ['expires in a second', { item: `{"expiresAt":${NOW / 1000 + 1}}` }, false],
    ['came without payloads', { payloadOmitted: true }, true],
    ['had expired, in a row with maps', { item: { expiresAt: NOW / 1000 } }, true],
  ])('of an item that %s', (_, more, omitted) => {
    const payloads = { payload: '"p"', previousPayload: '"q"' };
    const row = { payloadOmitted: false, item: '{}', previous: '{}', ...payloads, ...more };

    const { changes } = read(alice, { 'owner#alice': { items: rows('owner#alice', [9], row) } });

    expect(changes).toMatchObject([
      {
        payloadOmitted: omitted,
        item: { payload: omitted ? null : 'p' },
        previous: { payload: omitted ? null : 'q' },
      },
    ]);
  });

  it.each([
    ['a throttled table', THROTTLED, 'Throttled'],
    ['a broken one', BROKEN, 'InternalError'],
  ])('answers %s as every read does', (_, error, errorType) => {
    const { stash } = begin(alice);

    expect(evaluate('pipeline/read-changes', { stash, error }, 'response').error).toMatchObject({
      errorType,
    });
  });
});
