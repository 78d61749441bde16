import { describe, expect, it } from 'vitest';
import type { RequestSummary } from '../../../../../../src/recorder/recorded-request.ts';
import { pageModule } from '../../../harness/page-module.ts';

const request = (number: number, more: Partial<RequestSummary> = {}): RequestSummary => ({
  number,
  id: `id-${number}`,
  at: '2026-11-29T00:00:00.000Z',
  door: 'http',
  title: 'query Get { getItem }',
  status: 200,
  ms: 1,
  errors: 0,
  mode: 'API_KEY',
  ...more,
});
const answer = (numbers: number[], requests: number, dropped = 0, skipped = 0) => ({
  requests: numbers.map((number) => request(number)),
  holding: { requests, dropped, skipped },
});
const numbersOf = (known: unknown): number[] =>
  (known as { requests: RequestSummary[] }).requests.map(({ number }) => number);

describe('the list of requests', () => {
  it('grows by what came, and forgets what the server has dropped', async () => {
    const { joined, latestOf, NOTHING } = await pageModule('rooms/requests/list.ts');

    const first = joined!(NOTHING, answer([3, 2, 1], 3));
    const second = joined!(first, answer([5, 4], 3, 2, 7));

    expect(numbersOf(first)).toEqual([3, 2, 1]);
    expect(numbersOf(second)).toEqual([5, 4, 3]);
    expect(second).toMatchObject({ skipped: 7 });
    expect(latestOf!(second)).toBe(5);
  });

  it('is the same value when nothing came, so that nothing is drawn again', async () => {
    const { joined, NOTHING } = await pageModule('rooms/requests/list.ts');
    const known = joined!(NOTHING, answer([1], 1));

    expect(joined!(known, answer([], 1))).toBe(known);
  });

  it('begins anew with a server that has counted fewer', async () => {
    const { joined, NOTHING } = await pageModule('rooms/requests/list.ts');
    const known = joined!(NOTHING, answer([9, 8], 2, 7));

    expect(joined!(known, answer([], 2))).toBeNull();
  });

  it.each([
    ['', false, [3, 2, 1]],
    ['PUT', false, [2]],
    ['notify', false, [3]],
    ['id-1', false, [1]],
    ['', true, [2, 1]],
  ])('shows for the text %j, only failed ones: %s, %j', async (text, onlyFailed, expected) => {
    const { chosen } = await pageModule('rooms/requests/list.ts');
    const requests = [
      request(3, { madeBy: 'notify' }),
      request(2, { title: 'mutation { putItem }', errors: 1 }),
      request(1, { status: 401, mode: null }),
    ];

    expect(numbersOf({ requests: chosen!(requests, text, onlyFailed) })).toEqual(expected);
  });

  it('has words for callers and outcomes', async () => {
    const { callerText, statusText } = await pageModule('rooms/requests/list.ts');

    expect(callerText!(request(1, { mode: null }))).toBe('refused');
    expect(callerText!(request(1, { mode: 'AWS_IAM', madeBy: 'notify' }))).toBe(
      'AWS_IAM, by function notify',
    );
    expect(statusText!(request(1, { errors: 2 }))).toBe('200, 2 errors');
    expect(statusText!(request(1, { status: null }))).toBe('no answer');
  });
});
