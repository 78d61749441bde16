import { expect, it } from 'vitest';
import { toSubscriptionFilter } from '../../../../src/runtime/util/subscription-filter.ts';
import { valueOf } from '../harness/evaluate.ts';

/** `a eq 1` for people. */
const groups = (filter: unknown): string[] =>
  (
    filter as { filterGroup: { filters: { fieldName: string; operator: string; value: unknown }[] }[] }
  ).filterGroup.map(({ filters }) =>
    filters
      .map(({ fieldName, operator, value }) => `${fieldName} ${operator} ${JSON.stringify(value)}`)
      .join(' & '),
  );

const a1 = { a: { eq: 1 } };
const b2 = { b: { eq: 2 } };
const c3 = { c: { eq: 3 } };

it('gives an object with filter groups', () => {
  const value = valueOf('util.transform.toSubscriptionFilter({ a: { eq: 1 } })');

  expect(value).toEqual({ filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] });
});

// Recorded on AWS by localstack/appsync-utils (transform-subscription.test.js).
it.each<[string, unknown, unknown, unknown, string[]]>([
  ['two fields', { ...a1, ...b2 }, undefined, undefined, ['a eq 1 & b eq 2']],
  ['two operators on one field', { a: { eq: 1, ne: 2 } }, undefined, undefined, ['a eq 1', 'a ne 2']],
  ['and', { and: [a1, b2] }, undefined, undefined, ['a eq 1 & b eq 2']],
  ['or', { or: [a1, b2] }, undefined, undefined, ['a eq 1', 'b eq 2']],
  [
    'or in and',
    { and: [a1, { or: [b2, c3] }] },
    undefined,
    undefined,
    ['a eq 1 & b eq 2', 'a eq 1 & c eq 3'],
  ],
  [
    'unknown operators and not',
    { not: { a: { eq: 1 } }, b: { bogus: 1 } },
    undefined,
    undefined,
    ['not a {"eq":1} & b bogus 1'],
  ],
  ['ignored fields', { ...a1, and: [b2, a1] }, ['a'], undefined, ['b eq 2']],
  ['rules', a1, [], { r1: { gte: 250 }, r2: { eq: 'p' } }, ['a eq 1 & r1 gte 250', 'a eq 1 & r2 eq "p"']],
  ['rules alone', {}, [], { r1: { eq: 1 } }, ['r1 eq 1']],
  ['nothing', {}, undefined, undefined, []],
  ['a field without operators', { a: {} }, undefined, undefined, []],
  ['an empty and', { and: [] }, undefined, undefined, []],
  [
    'operators and groups together',
    {
      percentageUp: { lte: 50, gte: 20 },
      and: [{ title: { ne: 'Book1' } }, { downvotes: { gt: 2000 } }],
      or: [{ author: { eq: 'Admin' } }, { isPublished: { eq: false } }],
    },
    undefined,
    undefined,
    ['percentageUp lte 50', 'percentageUp gte 20'].flatMap((first) =>
      ['author eq "Admin"', 'isPublished eq false'].map(
        (last) => `${first} & title ne "Book1" & downvotes gt 2000 & ${last}`,
      ),
    ),
  ],
])('multiplies out %s', (_name, filter, ignored, rules, expected) => {
  const value = toSubscriptionFilter(filter, ignored, rules);

  expect(groups(value)).toEqual(expected);
});

it.each([[undefined], [null], [[]], ['{}']])('gives null for %j', (filter) => {
  const value = toSubscriptionFilter(filter);

  expect(value).toBeNull();
});
