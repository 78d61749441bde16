import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/events/event-pattern.ts';

const matches = (pattern: unknown, event: unknown): boolean => compilePattern(pattern)(event);
const detail = (...alternatives: unknown[]) => ({ detail: { x: alternatives } });
const event = (x: unknown) => ({ source: 'shop', detail: { x } });

describe('a leaf', () => {
  test.each<[string, unknown[], unknown[], unknown[]]>([
    ['exact text', ['a', 'b'], ['a', 'b'], ['c', 'A', '', null]],
    ['exact number', [100], [100, 1e2], ['100', 101]],
    ['true', [true], [true], [false, 'true', null]],
    ['null', [null], [null], ['', 0, undefined]],
    ['empty text', [''], [''], [null, undefined, ' ']],
    ['prefix', [{ prefix: 'us-' }], ['us-east-1', 'us-'], ['eu-us-', 'US-', 7]],
    ['prefix in any case', [{ prefix: { 'equals-ignore-case': 'Us-' } }], ['US-east', 'us-'], ['eu-']],
    ['suffix', [{ suffix: '.png' }], ['a.png'], ['a.PNG', '.png.jpg']],
    ['suffix in any case', [{ suffix: { 'equals-ignore-case': '.PnG' } }], ['a.png'], ['a.jpg']],
    ['any case', [{ 'equals-ignore-case': 'alice' }], ['ALICE', 'Alice'], ['alic', 1]],
    ['wildcard', [{ wildcard: 'dir/*.png' }], ['dir/a.png', 'dir/a/b.png'], ['dir/apng', 'x/dir/a.png']],
    ['an escaped star', [{ wildcard: 'a\\*b' }], ['a*b'], ['axb']],
    ['exists', [{ exists: true }], ['a', null, 0], [undefined, { y: 1 }]],
    ['exists not', [{ exists: false }], [undefined, { y: 1 }], ['a', null, 0]],
    ['numeric range', [{ numeric: ['>', 0, '<=', 5] }], [0.1, 5], [0, 5.1, '3', null]],
    ['numeric equality', [{ numeric: ['=', 3] }], [3], [2]],
    ['anything but a text', [{ 'anything-but': 'a' }], ['b', null, 1], ['a', undefined]],
    ['anything but a list', [{ 'anything-but': [1, 2] }], [3], [1, 2]],
    ['anything but a prefix', [{ 'anything-but': { prefix: 'a' } }], ['b'], ['ab']],
    ['anything but suffixes', [{ 'anything-but': { suffix: ['.a', '.b'] } }], ['x.c'], ['x.a', 'x.b']],
    ['anything but any case', [{ 'anything-but': { 'equals-ignore-case': 'a' } }], ['b'], ['A']],
    ['anything but a wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], ['a/b'], ['a/lib/b']],
    ['an address range', [{ cidr: '10.0.0.0/24' }], ['10.0.0.255'], ['10.0.1.0', 'text']],
    ['one of several kinds', [{ prefix: 'a' }, 7], ['ab', 7], ['b', 8]],
  ])('%s', (_what, alternatives, yes, no) => {
    const pattern = compilePattern(detail(...alternatives));

    expect(yes.filter((value) => !pattern(event(value)))).toEqual([]);
    expect(no.filter((value) => pattern(event(value)))).toEqual([]);
  });
});

test('members must all match', () => {
  const pattern = { source: ['shop'], detail: { a: [1], b: [2] } };

  expect(matches(pattern, { source: 'shop', detail: { a: 1, b: 2, c: 3 } })).toBe(true);
  expect(matches(pattern, { source: 'shop', detail: { a: 1, b: 3 } })).toBe(false);
  expect(matches(pattern, { source: 'bank', detail: { a: 1, b: 2 } })).toBe(false);
});

test('a list in the event matches with any element', () => {
  expect(matches(detail('b'), event(['a', 'b']))).toBe(true);
  expect(matches(detail('c'), event(['a', 'b']))).toBe(false);
});

test('of a list of objects one must match as a whole', () => {
  const pattern = { detail: { lines: { sku: ['a'], count: [{ numeric: ['>', 1] }] } } };

  expect(matches(pattern, { detail: { lines: [{ sku: 'a', count: 2 }] } })).toBe(true);
  expect(
    matches(pattern, {
      detail: {
        lines: [
          { sku: 'a', count: 1 },
          { sku: 'b', count: 2 },
        ],
      },
    }),
  ).toBe(false);
});

test('$or wants one of its members, beside all others', () => {
  const pattern = { source: ['shop'], detail: { $or: [{ a: [1] }, { b: [2] }] } };

  expect(matches(pattern, { source: 'shop', detail: { b: 2 } })).toBe(true);
  expect(matches(pattern, { source: 'shop', detail: { a: 2, b: 1 } })).toBe(false);
  expect(matches(pattern, { source: 'bank', detail: { a: 1 } })).toBe(false);
});

test('a member of the prototype is no field', () => {
  expect(matches({ detail: { constructor: [{ exists: true }] } }, { detail: {} })).toBe(false);
});

test.each<[string, unknown, string]>([
  ['no object', 'shop', 'the pattern must be an object'],
  ['nothing', {}, 'the pattern is empty'],
  ['a text where a list must be', { source: 'shop' }, 'the pattern.source must be an object'],
  ['an empty list', { source: [] }, 'the pattern.source is an empty list'],
  ['an unknown operator', detail({ like: 'a' }), "the pattern.detail.x has the unknown operator 'like'"],
  ['two operators at once', detail({ prefix: 'a', suffix: 'b' }), 'an operator that is not one member'],
  ['a comparison without number', detail({ numeric: ['>', '1'] }), 'numeric takes pairs'],
  ['an unknown comparison', detail({ numeric: ['~', 1] }), 'numeric takes pairs'],
  ['a range that is none', detail({ cidr: '10.0.0' }), "cidr '10.0.0' is not an address range"],
  [
    'anything but an object',
    detail({ 'anything-but': { numeric: ['>', 1] } }),
    "operator 'anything-but numeric'",
  ],
  ['an $or of one', { $or: [{ a: [1] }] }, 'must have two members or more'],
])('%s is refused', (_what, pattern, message) => {
  expect(() => compilePattern(pattern)).toThrow(message);
});
