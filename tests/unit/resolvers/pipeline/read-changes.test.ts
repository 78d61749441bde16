import { describe, expect, it } from 'vitest';
import { alice, apiKey } from '../harness/callers.ts';
import { at, begin, packed, type Row, rows, type Stash } from '../harness/change-log.ts';
import { evaluate, NOW } from '../harness/evaluate.ts';

interface Asked {
  query: { expressionValues: Record<':log' | ':after' | ':last', { S: string }> };
  limit: number;
}

/** What DynamoDB answers to a Query of a table with these rows. */
function queried(table: Row[], { query, limit }: Asked): { items: Row[]; nextToken: string | null } {
  const { ':log': log, ':after': after, ':last': last } = query.expressionValues;
  expect(after.S <= last.S, 'DynamoDB refuses a BETWEEN in reverse').toBe(true);
  const found = table.filter((row) => row.log === log.S && row.position >= after.S && row.position <= last.S);
  // At the limit it returns a position even when nothing is left (API reference, Query, LastEvaluatedKey).
  return { items: found.slice(0, limit), nextToken: found.length >= limit ? 'more' : null };
}

/** A page from a table with these rows, and the rows that were read for it. */
function pageOf(identity: unknown, table: Row[], args: object) {
  let stash = begin(identity, args).stash as Stash;
  const readRows: Row[] = [];
  for (;;) {
    const asked = evaluate('pipeline/read-changes', { stash });
    if (asked.skipTo) {
      break;
    }
    const result = queried(table, asked.result as Asked);
    readRows.push(...result.items);
    stash = evaluate('pipeline/read-changes', { stash, result }, 'response').stash as Stash;
  }
  const page = evaluate('Query.itemChanges', { stash }, 'response').result as {
    changes: { id: string }[];
    cursor: string;
    hasMore: boolean;
  };
  return { ...page, ids: page.changes.map(({ id }) => id), readRows };
}

/** All pages of a table with these rows. */
function pagesOf(identity: unknown, table: Row[], limit: number) {
  const pages = [pageOf(identity, table, { limit })];
  while (pages.at(-1)!.hasMore && pages.length < 1000) {
    pages.push(pageOf(identity, table, { limit, since: pages.at(-1)!.cursor }));
  }
  return pages;
}

describe('rows of several changes', () => {
  const log = 'owner#alice';
  const minute = (minutes: number): string => at(NOW - minutes * 60_000);
  /** Rows that follow each other, of so many changes each. */
  function chain(name: string, of: [minutes: number, count: number][]): Row[] {
    let prior = '';
    return of.map(([minutes, count]) => {
      const row =
        count === 0
          ? { ...rows(name, [minutes])[0]!, prior, id: `${name} ${minute(minutes)}` }
          : packed(name, minute(minutes), count, prior);
      prior = row.position;
      return row;
    });
  }
  const idsIn = (row: Row): string[] =>
    'changes' in row ? row.changes.split('\n').map((line) => `${row.log} ${line.split(' ')[0]}`) : [row.id];

  it.each([1, 2, 3, 5, 7, 100])(
    'are read in pages of %i: every change once, in the order of all logs, beside earlier rows',
    (limit) => {
      const table = [
        ...chain('open#0', [
          [30, 3],
          [20, 0],
          [19, 4],
          [5, 12],
        ]),
        ...chain('open#1', [
          [25, 1],
          [20, 6],
          [18, 0],
        ]),
        ...chain('open#3', [
          [26, 0],
          [19, 2],
          [1, 1],
        ]),
      ];

      const pages = pagesOf(apiKey, table, limit);

      const place = (id: string) => id.split(' ').reverse().join();
      const all = table.flatMap(idsIn).sort((a, b) => (place(a) < place(b) ? -1 : 1));
      expect(pages.flatMap(({ ids }) => ids)).toEqual(all);
      expect(all).toHaveLength(32);
      expect(pages.every(({ ids }) => ids.length <= limit)).toBe(true);
      // What is left of a row does not shorten a page, and no page is empty.
      expect(pages.length).toBeLessThanOrEqual(limit === 100 ? 1 : Math.ceil(32 / limit) + 4);
      expect(pages.every(({ ids }) => ids.length > 0)).toBe(true);
    },
  );

  it.each([1, 3])('says that nothing follows a page that is just full, of %i rows', (limit) => {
    const table = chain(
      log,
      Array.from({ length: limit }, (_, index) => [9 - index, 1]),
    );

    const { ids, hasMore } = pageOf(alice, table, { limit });

    expect(ids).toHaveLength(limit);
    expect(hasMore).toBe(false);
  });

  it('are cut where the page ends, and the cursor stands within one', () => {
    const table = [packed(log, minute(9), 5)];

    const first = pageOf(alice, table, { limit: 2 });
    const second = pageOf(alice, table, { since: first.cursor });

    expect(first).toMatchObject({
      ids: [`${log} ${minute(9)}`, `${log} ${minute(9).slice(0, -1)}1`],
      hasMore: true,
    });
    expect(second.ids).toEqual([2, 3, 4].map((index) => `${log} ${minute(9).slice(0, -1)}${index}`));
    expect(second.hasMore).toBe(false);
    expect(pageOf(alice, table, { since: second.cursor }).ids).toEqual([]);
  });

  it('after a row that cannot be seen yet are left for later, and those before it are read', () => {
    const [one, , three] = chain(log, [
      [9, 3],
      [8, 3],
      [7, 3],
    ]);

    const { ids, hasMore, cursor } = pageOf(alice, [one!, three!], {});

    expect(ids).toEqual(idsIn(one!));
    expect(hasMore).toBe(true);
    expect(begin(alice, { since: cursor }).stash).toMatchObject({ logs: [{ position: one!.position }] });
  });

  it('end a page after a megabyte, wherever that is in a row', () => {
    const table = [packed(log, minute(9), 5, '', {}, 400_000)];

    const pages = pagesOf(alice, table, 100);

    expect(pages.map(({ ids }) => ids.length)).toEqual([2, 2, 1]);
  });

  it('of other logs are read no further than the page goes', () => {
    const behind = chain('open#1', [
      [29, 2],
      [8, 2],
      [7, 2],
    ]);
    const table = [
      ...chain('open#0', [
        [30, 2],
        [28, 3],
        [27, 2],
      ]),
      ...behind,
    ];

    const { ids, readRows, hasMore } = pageOf(apiKey, table, { limit: 6 });

    expect(ids).toHaveLength(6);
    expect(readRows.filter(({ log: name }) => name === 'open#1')).toEqual(behind.slice(0, 1));
    expect(hasMore).toBe(true);
  });

  it('that are written between two pages are read, though another log was further then', () => {
    const table = chain('open#0', [
      [5, 2],
      [4, 2],
      [3, 2],
    ]);
    const late = packed('open#1', minute(4), 2);

    const first = pageOf(apiKey, table, { limit: 3 });
    const second = pageOf(apiKey, [...table, late], { since: first.cursor });

    expect(first.ids.at(-1)).toBe(`open#0 ${minute(4)}`);
    expect(second.ids).toEqual(expect.arrayContaining(idsIn(late)));
  });

  it('of a busy log do not keep the cursor of a quiet one from moving along', () => {
    const table = chain('open#0', [
      [30, 2],
      [25, 2],
    ]);

    const { cursor } = pageOf(apiKey, table, { limit: 1 });

    // Up to the end of the millisecond where the page ends.
    expect((begin(apiKey, { since: cursor }).stash as Stash).logs.map(({ position }) => position)).toEqual([
      minute(30),
      ...Array<string>(3).fill(`${NOW - 30 * 60_000}999`),
    ]);
  });

  it('are asked for in no reverse, where a log was read further than the page goes', () => {
    const table = chain('open#0', [
      [30, 2],
      [28, 3],
    ]);
    const positions = { 'open#0': minute(31), 'open#1': minute(5) };
    const binding = 'itemChanges owner:';
    const since = Buffer.from(JSON.stringify({ binding, positions })).toString('base64');

    const { ids, cursor } = pageOf(apiKey, table, { since, limit: 1 });

    expect(ids).toHaveLength(1);
    expect((begin(apiKey, { since: cursor }).stash as Stash).logs[1]).toMatchObject({ position: minute(5) });
  });

  it('that begin before the end of a page and reach beyond it are read as far as it goes', () => {
    // In the same millisecond: the page ends at the second change of open#0, and open#1 has its first three up to there.
    const table = [
      packed('open#0', minute(9), 2),
      packed('open#0', minute(8), 1, packed('open#0', minute(9), 2).position),
      packed('open#1', minute(9), 5),
    ];

    const pages = pagesOf(apiKey, table, 3);

    expect(pages.map(({ ids }) => ids.map((id) => `${id.slice(5, 6)}.${id.slice(-1)}`))).toEqual([
      ['0.0', '1.0', '0.1'],
      ['1.1', '1.2', '1.3'],
      ['1.4', '0.0'],
    ]);
  });

  it('has the change as the API answers it, without the payload of an item that has expired', () => {
    const own = {
      kind: null, // part: validated-items
      version: 2,
      at: '2026-03-01T11:51:00Z',
      owner: 'alice',
      order: '1',
      payloadOmitted: false,
    };
    const members = {
      ...own,
      item: { id: 'a', version: 2 },
      payload: '{"text": true}',
      previous: { id: 'a', version: 1 },
      previousPayload: { n: 1 },
    };
    const of = (more: object) =>
      pageOf(alice, [packed(log, minute(9), 1, '', { ...members, ...more })], {}).changes[0];

    expect(of({})).toEqual({
      type: 'CREATED',
      id: `${log} ${minute(9)}`,
      ...own,
      item: { id: 'a', version: 2, payload: '{"text": true}' },
      previous: { id: 'a', version: 1, payload: { n: 1 } },
    });
    expect(of({ previous: { id: 'a', expiresAt: NOW / 1000 } })).toMatchObject({
      payloadOmitted: true,
      item: { payload: null },
      previous: { payload: null },
    });
    expect(of({ item: undefined, payload: undefined })).toMatchObject({ item: null });
  });
});
