import { describe, expect, it } from 'vitest';
import { admin, alice, apiKey, iam } from './harness/callers.ts';
import { evaluate } from './harness/evaluate.ts';

const subscribe = (identity: unknown, filter?: unknown) =>
  evaluate('Subscription.onItemChange', { identity, arguments: { filter } }, 'response');

const filtersOf = (identity: unknown, filter?: unknown): unknown =>
  (subscribe(identity, filter).effects.subscriptionFilter as { filterGroup: { filters: unknown }[] })
    .filterGroup[0]!.filters;

it('needs no data', () => {
  expect(evaluate('Subscription.onItemChange').result).toEqual({ payload: null });
});

it('lets a user hear of its own items only', () => {
  const { result, effects } = subscribe(alice);

  expect(result).toBeNull();
  expect(effects.subscriptionFilter).toEqual({
    filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'eq', value: 'alice' }] }],
  });
});

it("lets an API key hear of nobody's items only", () => {
  expect(filtersOf(apiKey)).toEqual([{ fieldName: 'owner', operator: 'eq', value: '' }]);
});

it.each([
  ['an admin', admin],
  ['IAM', iam],
])('lets %s hear of all', (_, identity) => {
  expect(subscribe(identity).effects).toEqual({ invalidations: [], responseHeaders: [] });
});

it('joins the filter to the owner: in one group, where all must hold', () => {
  const filter = {
    type: { in: ['CREATED', 'UPDATED'] },
    id: { beginsWith: 'room-' },
    kind: { ne: 'product' }, // part: validated-items
  };

  expect(filtersOf(alice, filter)).toEqual([
    { fieldName: 'owner', operator: 'eq', value: 'alice' },
    { fieldName: 'type', operator: 'in', value: ['CREATED', 'UPDATED'] },
    { fieldName: 'id', operator: 'beginsWith', value: 'room-' },
    { fieldName: 'kind', operator: 'ne', value: 'product' }, // part: validated-items
  ]);
});

it.each([{}, null])('takes operators that are null for ones that are not given, beside %j', (id) => {
  expect(filtersOf(apiKey, { type: { eq: null, ne: 'EXPIRED' }, id })).toEqual([
    { fieldName: 'owner', operator: 'eq', value: '' },
    { fieldName: 'type', operator: 'ne', value: 'EXPIRED' },
  ]);
});

describe('refuses what AppSync would not take', () => {
  const five = ['a', 'b', 'c', 'd', 'e'];

  it.each([
    ['two operators on a member', { id: { eq: 'a', ne: 'b' } }, 'filter.id has eq and ne; give one of them'],
    ['no value', { id: { in: [] } }, 'filter.id.in has 0 values; it must have 1 to 5'],
    ['six values', { id: { in: [...five, 'f'] } }, 'filter.id.in has 6 values; it must have 1 to 5'],
    [
      'a long value',
      { id: { in: ['a', 'x'.repeat(257)] } },
      'filter.id.in has a value of 257 characters; at most 256 are allowed',
    ],
    [
      'too many combinations',
      { id: { in: five }, type: { in: ['CREATED', 'UPDATED', 'DELETED'] } },
      'the values of in multiply to 15 combinations in filter; at most 10 are allowed',
    ],
  ])('%s', (_, filter, message) => {
    const { error, effects } = subscribe(iam, filter);

    expect(error).toMatchObject({ message, errorType: 'BadRequest', errorInfo: { field: 'filter' } });
    expect(effects.subscriptionFilter).toBeUndefined();
  });

  it('and no less than that', () => {
    const long = { id: { eq: 'x'.repeat(256) }, type: { in: ['CREATED', 'UPDATED'] } };
    const many = { id: { in: five }, type: { in: ['CREATED', 'UPDATED'] } };

    expect(filtersOf(alice, long)).toHaveLength(3);
    expect(filtersOf(alice, many)).toHaveLength(3);
  });
});
