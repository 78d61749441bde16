import { describe, expect, test } from 'vitest';
import { textOf } from '../../docs/computed/page.ts';
import { KB } from '../../docs/costs/assumptions.ts';
import { example } from '../../docs/costs/example.ts';
import { feedBill, logWrites } from '../../docs/costs/feed.ts';
import { bill, operations } from '../../docs/costs/operations.ts';
import { compiled, prices, region } from '../../docs/costs/prices.ts';
import { load } from '../../docs/costs/scale.ts';
import { r, traced, traces, updates, w } from '../../docs/costs/units.ts';
import { CHANGES_PER_REQUEST } from '../../functions/publish-item-change/lanes.ts';
import recorder from '../../packages/appsync-local/src/recorder/prices.json' with { type: 'json' };
import { page } from './harness/pages.ts';

describe('the prices', () => {
  test.each(Object.entries(prices))('%s says where it was read, and when', (_, price) => {
    expect(price.usd).toBeGreaterThanOrEqual(0);
    expect(price.per).toBeGreaterThan(0);
    expect(price.page).toMatch(/^(AWS|Amazon) /);
    expect(price.source).not.toBe('');
    expect(price.sourceDate).toMatch(/^(\d{4}-\d{2}-\d{2}|undated|not re-read)$/);
  });

  test('are the same where the local server prices a request', () => {
    const shared = Object.entries(recorder.prices).filter(([name]) => name in prices);

    expect(recorder).toMatchObject({ region, compiled });
    expect(shared.length).toBeGreaterThan(5);
    expect(prices).toMatchObject(Object.fromEntries(shared));
  });

  test('are dated on the page', () => {
    expect(textOf('costs.md')).toContain(`as compiled on ${compiled}`);
  });
});

describe('what AWS measures', () => {
  test.each([
    [1, 1, 1, 1],
    [KB, 1, 1, 1],
    [KB + 1, 2, 1, 1],
    [4 * KB, 4, 1, 1],
    [4 * KB + 1, 5, 2, 1],
    [5 * KB + 1, 6, 2, 2],
    [400 * KB, 400, 100, 80],
  ])('%d bytes are %d write units, %d read units, %d real-time updates', (bytes, writes, reads, messages) => {
    expect([w(bytes), r(bytes), updates(bytes)]).toEqual([writes, reads, messages]);
  });

  test('a validated product with one SKU that stays takes what data-model.md says', () => {
    const put = operations(900).find(({ name }) => name.startsWith('`putValidatedItem`'))!;
    const example = /Together (\d+) read and (\d+) write units/.exec(page('docs/data-model.md').text)!;

    expect([put.reads, put.writes]).toEqual([Number(example[1]), Number(example[2])]);
  });

  test('a million putItem of 1 KB cost an operation and a write unit each', () => {
    const { appSync, dynamoDb } = bill(operations(KB)[2]!, KB);

    expect([appSync, dynamoDb]).toEqual([prices.appSyncOperation.usd, prices.dynamoDbWrite.usd]);
  });

  test("X-Ray's default rule records the first request of each second, so a million over a month cost 4.20", () => {
    expect(traced(1_000_000)).toBeCloseTo(4.2, 2);
    // One a second at most, and 5 % of what comes beyond.
    expect(traces(1000)).toBeGreaterThan(999);
    expect(traces(1e10) / 1e10).toBeCloseTo(0.05, 3);
    // What comes together shares its second.
    expect(traces(1_000_000, 10)).toBeLessThan(traces(1_000_000) / 4);
  });

  test('a subscriber costs its updates and the data out', () => {
    const bytes = 1_000_000 * (2 * KB + 400);

    expect(feedBill({ size: KB, owned: false }).subscriber).toBeCloseTo(2 + (bytes / 1024 ** 3) * 0.09);
  });

  test('the lines of the example are the parts of its bill', () => {
    const [pages] = example();

    expect(pages).toMatchObject({ amount: '600,000' });
    expect(pages!.usd).toBeCloseTo(
      (bill(
        operations(KB).find(({ name }) => name === 'a page of 20')!,
        KB,
        0,
      ).total *
        6) /
        10,
    );
    expect(example().every(({ usd }) => usd > 0)).toBe(true);
  });

  test('a change costs its share of rows and counters twice', () => {
    const writes = (size: number, batch: number, owned = false) => logWrites({ size, owned, batch });

    // A row of 2 x 1 KB + 300 + 100 bytes, and a counter.
    expect(writes(KB, 1)).toBe(2 * (3 + 1));
    // Rows of three changes, 2 x 3 KB + 3 x 300 + 100 bytes, and four counters over a hundred changes.
    expect(writes(KB, 100)).toBeCloseTo(2 * (7 / 3 + 0.04));
    // The same rows again for owners, and counters of four logs and ten owners.
    expect(writes(KB, 100, true)).toBeCloseTo(2 * ((2 * 7) / 3 + 0.14));
    // Two or three changes in a row, 2 x 2 KB or 2 x 3 KB.
    expect(writes(KB, 10)).toBeCloseTo(2 * ((5 + 7) / 5 + 0.4));
    // Too large to share a row.
    expect(writes(4 * KB, 100)).toBeCloseTo(2 * (9 + 0.04));
  });

  test('what is told in one request costs one operation', () => {
    const publish = (perRequest: number) =>
      feedBill({ size: KB, owned: false, batch: 100, perRequest }).publish;

    expect(publish(1)).toBe(4);
    expect(publish(25)).toBeCloseTo(4 / 25);
  });

  test('a load costs ten times as much at ten times the rate, but for traces', () => {
    expect(load(10_000).appSync / load(1_000).appSync).toBeCloseTo(10);
    expect(load(10_000).total / load(1_000).total).toBeCloseTo(10, 1);
    expect(load(1_000).tokens).toBe(1_000 + 1_000 / CHANGES_PER_REQUEST);
  });
});
