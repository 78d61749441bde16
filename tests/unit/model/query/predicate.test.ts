import { describe, expect, it } from 'vitest';
import { type Filter, FilterRefused, predicate } from '../../../../model/query/predicate.ts';

const item = {
  id: 'one',
  kind: null,
  version: 2,
  createdAt: '2026-01-01T00:00:00.005Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  payload: { n: 5, tags: ['red'], list: { 0: 'zero' } },
};
const matches = (filter: Filter): boolean => predicate(filter)(item);

// That all operators mean what they mean to the API is shown by tests/clients/live-query.test.ts, against the API.
it.each<[Filter, boolean]>([
  [{}, true],
  [{ id: { beginsWith: 'o' }, version: { between: [1, 2] } }, true],
  [{ kind: { ne: 'product' } }, true], // part: validated-items
  [{ kind: { eq: 'product' } }, false], // part: validated-items
  [{ not: { kind: { eq: 'product' } } }, true], // part: validated-items
  [{ kind: { eq: null }, payload: null, and: null }, true], // part: validated-items
  [{ payload: [{ path: 'n', eq: 5, gt: null }] }, true],
  [{ payload: [{ path: 'gone', ne: 5 }] }, true],
  [{ payload: [{ path: '/list/0', eq: 'zero' }] }, true],
  [{ payload: [{ path: '/list/0', exists: false }] }, false],
  [{ or: [{ version: { eq: 1 } }, { payload: [{ path: 'tags', contains: 'red' }] }] }, true],
  [{ createdAt: { gt: '2026-01-01T00:00:00.0049Z', lt: '2026-01-01T01:00:00.006+01:00' } }, true],
])('a filter %j holds: %s', (filter, holds) => {
  expect(matches(filter)).toBe(holds);
});

describe('a filter that the API would refuse', () => {
  it.each<[Filter, string]>([
    [{ owner: { eq: 'alice' } }, 'filter has owner; it may have id, '],
    [{ and: [] }, 'and is an empty list'],
    [{ not: {} }, 'a filter inside and, or, not is empty'],
    [{ payload: [{ path: 'a..b', eq: 1 }] }, 'path a..b cannot be read'],
    [{ payload: [{ path: 'n' }] }, 'the condition on n has no operator'],
    [{ payload: [{ path: 'n', lt: true }] }, 'filter.payload.lt must be a number or a text'],
    [{ createdAt: { gt: 'yesterday' } }, 'filter.createdAt.gt must be a time'],
  ])('%j is refused', (filter, message) => {
    expect(() => predicate(filter)).toThrow(FilterRefused);
    expect(() => predicate(filter)).toThrow(message);
  });
});
