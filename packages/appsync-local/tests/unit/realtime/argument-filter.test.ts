import { expect, it } from 'vitest';
import { compileArgumentFilter } from '../../../src/realtime/argument-filter.ts';

it.each<[string, Record<string, unknown>, unknown, boolean]>([
  ['no arguments', {}, { id: 'a' }, true],
  ['an equal string', { id: 'a' }, { id: 'a' }, true],
  ['another string', { id: 'a' }, { id: 'A' }, false],
  ['all equal', { id: 'a', kind: 'k' }, { id: 'a', kind: 'k' }, true],
  ['one of two equal', { id: 'a', kind: 'k' }, { id: 'a', kind: 'l' }, false],
  ['a field the mutation did not select', { id: 'a' }, { kind: 'k' }, false],
  ['an omitted argument', { id: undefined }, { id: 'a' }, true],
  ['null and a null field', { kind: null }, { kind: null }, true],
  ['null and an absent field', { kind: null }, {}, true],
  ['null and an undefined field', { kind: null }, { kind: undefined }, true],
  ['null and a value', { kind: null }, { kind: 'k' }, false],
  ['null and an empty string', { kind: null }, { kind: '' }, false],
  ['numbers by value', { version: 1 }, { version: 1.0 }, true],
  ['a number and its text', { version: 1 }, { version: '1' }, false],
  ['false', { done: false }, { done: false }, true],
  ['false and absent', { done: false }, {}, false],
  ['equal lists', { tags: ['a', 'b'] }, { tags: ['a', 'b'] }, true],
  ['lists in another order', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }, false],
  ['an input object, which does not filter', { filter: { id: { eq: 'a' } } }, { id: 'b' }, true],
  ['a name every object inherits', { constructor: null }, {}, true],
  ['a result that is a list', { id: 'a' }, [{ id: 'a' }], false],
  ['a result that is a scalar', { id: 'a' }, 'a', false],
])('argument filtering: %s', (_, args, event, matches) => {
  expect(compileArgumentFilter(args)(event)).toBe(matches);
});
