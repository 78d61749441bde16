import { describe, expect, it } from 'vitest';
import { checkSubscriptionFilter } from '../../../src/realtime/subscription-filter-check.ts';
import { OPERATORS } from '../../../src/realtime/subscription-filter.ts';

const filter = (operator: string, value: unknown, fieldName = 'f') => ({ fieldName, operator, value });
const groups = (...lists: unknown[][]) => ({ filterGroup: lists.map((filters) => ({ filters })) });
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const invalid = (operator: string) =>
  `subscription filter has invalid filter value for operator \`${operator}\`.`;

describe('a filter AppSync takes', () => {
  it.each<[string, unknown]>([
    ['none', undefined],
    ['null', null],
    ['no groups', { filterGroup: [] }],
    ['a group without filters', groups([])],
    ['5 field names', groups(times(5).map((n) => filter('eq', n, `f${n}`)))],
    ['one name in several groups', groups([filter('ge', 1)], [filter('le', 2)])],
    ['10 combinations', groups([filter('in', times(5)), filter('in', [1, 2], 'g')])],
    ['10 groups', groups(...times(10).map((n) => [filter('eq', n)]))],
    ['5 levels', groups([filter('eq', 1, 'a.b.c.d.e')])],
    ['256 characters', groups([filter('eq', 'x'.repeat(256))])],
    ['20 values of containsAny', groups([filter('containsAny', times(20))])],
    [
      '5 values of notIn, which makes no combinations',
      groups([filter('notIn', times(5)), filter('notIn', times(5), 'g'), filter('notIn', times(5), 'h')]),
    ],
  ])('%s', (_, candidate) => {
    expect(checkSubscriptionFilter(candidate)).toBeNull();
  });

  it.each<[string, unknown[]]>([
    ['eq', ['a', 1, 1.5, true]],
    ['ne', ['a', 1, false]],
    ['lt', ['a', 1]],
    ['le', ['a', 1]],
    ['gt', ['a', 1]],
    ['ge', ['a', 0]],
    ['contains', ['a', 1]],
    ['notContains', ['a', 1]],
    ['beginsWith', ['a', '']],
    ['in', [['a', 1]]],
    ['notIn', [['a']]],
    [
      'between',
      [
        [1, 2],
        ['a', 'b'],
      ],
    ],
    ['containsAny', [['a', 1, true]]],
  ])('%s with its values', (operator, values) => {
    expect(values.map((value) => checkSubscriptionFilter(groups([filter(operator, value)])))).toEqual(
      values.map(() => null),
    );
  });
});

describe('a filter AppSync refuses', () => {
  it.each<[string, unknown, string | RegExp]>([
    [
      'more than 5 field names in all',
      groups(...times(6).map((n) => [filter('eq', n, `f${n}`)])),
      'Filters exceed maximum attributes limit 5 for subscription.',
    ],
    [
      'more than 10 combinations of in',
      groups([filter('in', times(4)), filter('in', times(3), 'g')]),
      'Filters combination exceed maximum limit 10 for subscription.',
    ],
    [
      'more than 10 groups',
      groups(...times(11).map((n) => [filter('eq', n)])),
      'Filters combination exceed maximum limit 10 for subscription.',
    ],
    [
      'one name twice in a group',
      groups([filter('ge', 1), filter('le', 2)]),
      'subscription filter uses same fieldName multiple time.',
    ],
    [
      'more than 5 values of in',
      groups([filter('in', times(6))]),
      'subscription exceeds maximum value limit 5 for operator `in`.',
    ],
    [
      'more than 5 values of notIn',
      groups([filter('notIn', times(6))]),
      'subscription exceeds maximum value limit 5 for operator `notIn`.',
    ],
    [
      'more than 20 values of containsAny',
      groups([filter('containsAny', times(21))]),
      'subscription exceeds maximum value limit 20 for operator `containsAny`.',
    ],
    [
      'more than 256 characters',
      groups([filter('eq', 'x'.repeat(257))]),
      /more than 256 characters for operator `eq`/,
    ],
    [
      'more than 256 characters in a list',
      groups([filter('in', ['x'.repeat(257)])]),
      /more than 256 characters for operator `in`/,
    ],
    ['6 levels', groups([filter('eq', 1, 'a.b.c.d.e.f')]), /'a\.b\.c\.d\.e\.f' must have 1 to 5 levels/],
    ['an empty level', groups([filter('eq', 1, 'a..b')]), /must have 1 to 5 levels/],
    [
      'the name of an operator of DynamoDB',
      groups([filter('gte', 1)]),
      /unknown operator `gte`; use one of eq, ne, lt/,
    ],
    [
      'what every object inherits for an operator',
      groups([filter('toString', 1)]),
      /unknown operator `toString`/,
    ],
    ['a text', '{"filterGroup":[]}', /^subscription filter must look like .*, got \{"filterGroup":\[\]\}\.$/],
    ['a list', [], /must look like/],
    ['filters without a group', { filters: [] }, /must look like/],
    ['a group that is none', { filterGroup: [null] }, /must look like/],
    ['a filter without an operator', groups([{ fieldName: 'f', value: 1 }]), /must look like/],
  ])('for %s', (_, candidate, message) => {
    const problem = checkSubscriptionFilter(candidate);

    if (typeof message === 'string') {
      expect(problem).toBe(message);
    } else {
      expect(problem).toMatch(message);
    }
  });

  it.each<[string, unknown[]]>([
    ['eq', [null, undefined, [], {}, NaN]],
    ['ne', [null, ['a']]],
    ['lt', [true, null]],
    ['le', [true]],
    ['gt', [false]],
    ['ge', [[1]]],
    ['contains', [null, ['a']]],
    ['notContains', [{}]],
    ['beginsWith', [1, null]],
    ['in', [[], 'a', null, [true], [null]]],
    ['notIn', [[], 1]],
    ['between', [[1], [1, 2, 3], [true, false], 1]],
    ['containsAny', [[], 'a', [null], null]],
  ])('for a value %s does not take', (operator, values) => {
    expect(values.map((value) => checkSubscriptionFilter(groups([filter(operator, value)])))).toEqual(
      values.map(() => invalid(operator)),
    );
  });

  it('knows a value check for every operator', () => {
    const problems = Object.keys(OPERATORS).map((operator) =>
      checkSubscriptionFilter(groups([filter(operator, null)])),
    );

    expect(problems).toEqual(Object.keys(OPERATORS).map(invalid));
  });
});
