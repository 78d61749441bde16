import { describe, expect, it } from 'vitest';
import { compileSubscriptionFilter } from '../../../src/realtime/subscription-filter.ts';

const ABSENT = Symbol('absent');

describe('an operator', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['eq', 'a', 'a', true],
    ['eq', 'a', 'A', false],
    ['eq', 1, '1', false],
    ['eq', true, true, true],
    ['eq', false, false, true],
    ['eq', ABSENT, false, false],
    ['eq', null, '', false],
    ['ne', 'a', 'a', false],
    ['ne', 'a', 'b', true],
    ['ne', ABSENT, 'a', true],
    ['ne', null, 'a', true],
    ['lt', 1, 2, true],
    ['lt', 2, 2, false],
    ['lt', 'a', 'b', true],
    ['lt', 10, '9', false],
    ['lt', ABSENT, 1, false],
    ['le', 2, 2, true],
    ['le', 3, 2, false],
    ['le', null, 2, false],
    ['gt', 'b', 'a', true],
    ['gt', 2, 2, false],
    ['gt', 3, 2, true],
    ['ge', 2, 2, true],
    ['ge', 1.5, 2, false],
    ['ge', '10', 9, false],
    ['contains', 'hello', 'ell', true],
    ['contains', 'hello', 'ELL', false],
    ['contains', ['x', 'y'], 'x', true],
    ['contains', ['xy'], 'x', false],
    ['contains', [1, 2], 2, true],
    ['contains', '12', 2, false],
    ['contains', ABSENT, 'x', false],
    ['notContains', 'hello', 'ell', false],
    ['notContains', 'hello', 'x', true],
    ['notContains', ['x'], 'x', false],
    ['notContains', ABSENT, 'x', true],
    ['beginsWith', 'hello', 'he', true],
    ['beginsWith', 'hello', 'lo', false],
    ['beginsWith', ABSENT, 'he', false],
    ['in', 'a', ['a', 'b'], true],
    ['in', 'c', ['a', 'b'], false],
    ['in', 1, ['1'], false],
    ['in', ABSENT, ['a'], false],
    ['notIn', 'c', ['a', 'b'], true],
    ['notIn', 'a', ['a', 'b'], false],
    ['notIn', ABSENT, ['a'], true],
    ['between', 5, [1, 5], true],
    ['between', 1, [1, 5], true],
    ['between', 0, [1, 5], false],
    ['between', 6, [1, 5], false],
    ['between', 'b', ['a', 'c'], true],
    ['between', '3', [1, 5], false],
    ['between', ABSENT, [1, 5], false],
    ['containsAny', ['a', 'z'], ['z'], true],
    ['containsAny', ['a', 'z'], ['y', 'z'], true],
    ['containsAny', ['a'], ['y', 'z'], false],
    ['containsAny', 'z', ['z'], false],
    ['containsAny', ABSENT, ['z'], false],
  ])('%s of %j and %j is %s', (operator, actual, value, holds) => {
    const matches = compileSubscriptionFilter({
      filterGroup: [{ filters: [{ fieldName: 'f', operator, value }] }],
    });

    expect(matches?.(actual === ABSENT ? {} : { f: actual })).toBe(holds);
  });
});

describe('a field name', () => {
  it.each<[string, unknown, boolean]>([
    ['a', { a: 1 }, true],
    ['a.b.c.d.e', { a: { b: { c: { d: { e: 1 } } } } }, true],
    ['a.b', { a: { b: 2 } }, false],
    ['a.b', { a: [{ b: 1 }] }, false],
    ['a.b', { a: 'b' }, false],
    ['a.b', { 'a.b': 1 }, false],
    ['a', null, false],
    ['a', 1, false],
  ])('%s leads into %j: %s', (fieldName, event, holds) => {
    const matches = compileSubscriptionFilter({
      filterGroup: [{ filters: [{ fieldName, operator: 'eq', value: 1 }] }],
    });

    expect(matches?.(event)).toBe(holds);
  });

  it('does not lead to what every object inherits', () => {
    const filters = [{ fieldName: 'constructor.name', operator: 'eq', value: 'Object' }];

    expect(compileSubscriptionFilter({ filterGroup: [{ filters }] })?.({})).toBe(false);
  });
});

describe('groups', () => {
  const is = (fieldName: string, value: number) => ({ fieldName, operator: 'eq', value });
  const matches = compileSubscriptionFilter({
    filterGroup: [{ filters: [is('a', 1), is('b', 2)] }, { filters: [is('c', 3)] }],
  });

  it.each([
    [{ a: 1, b: 2 }, true],
    [{ a: 1 }, false],
    [{ c: 3 }, true],
    [{ a: 1, b: 2, c: 3 }, true],
    [{}, false],
  ])('are alternatives of filters that all hold: %j is %s', (event, expected) => {
    expect(matches?.(event)).toBe(expected);
  });

  it('do not reach into a list, which passes', () => {
    expect(matches?.([{ a: 0 }])).toBe(true);
  });

  it.each([null, undefined, { filterGroup: [] }])('are no condition when there are none: %j', (filter) => {
    expect(compileSubscriptionFilter(filter)).toBeNull();
  });
});
