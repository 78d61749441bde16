import { expect, it } from 'vitest';
import { boundMs } from '../../../../model/query/moment.ts';

it.each<[string, number | null]>([
  ['2026-01-01T00:00Z', Date.UTC(2026, 0, 1)],
  ['2026-01-01T00:00:01.5Z', Date.UTC(2026, 0, 1) + 1_500],
  ['2026-01-01T01:00:00+01:00', Date.UTC(2026, 0, 1)],
  ['2025-12-31T23:59:30-00:00:30', Date.UTC(2026, 0, 1)],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ['+12026-01-01T00:00:00Z', Date.UTC(12026, 0, 1)],
  ['2026-01-01', null],
])('%s is %s', (time, expected) => {
  expect(boundMs(time, true)).toBe(expected);
});

it('a bound between two milliseconds may become the later one', () => {
  expect([boundMs('1970-01-01T00:00:00.0011Z', false), boundMs('1970-01-01T00:00:00.0011Z', true)]).toEqual([
    1, 2,
  ]);
});
