import { describe, expect, test } from 'vitest';
import { isPointer, select, valueAt } from '../../../../model/kinds/pointer.ts';

describe('select', () => {
  test.each<[string, unknown, unknown[]]>([
    ['', { a: 1 }, [{ pointer: '', value: { a: 1 } }]],
    ['/a/b', { a: { b: 0 } }, [{ pointer: '/a/b', value: 0 }]],
    ['/a/1', { a: ['x', 'y'] }, [{ pointer: '/a/1', value: 'y' }]],
    ['/a~1b/c~0d', { 'a/b': { 'c~d': false } }, [{ pointer: '/a~1b/c~0d', value: false }]],
    ['/missing/b', { a: 1 }, []],
    ['/a/length', { a: 'text' }, []],
    ['/constructor', {}, []],
    ['/a/*', { a: { '*': 1 } }, [{ pointer: '/a/*', value: 1 }]],
  ])('%j in %j', (pattern, document, expected) => {
    const found = select(document, pattern);

    expect(found).toEqual(expected);
  });

  test('expands every * in document order and skips elements without the member', () => {
    const document = { a: [{ b: [1, 2] }, {}, { b: [null] }] };

    const found = select(document, '/a/*/b/*');

    expect(found).toEqual([
      { pointer: '/a/0/b/0', value: 1 },
      { pointer: '/a/0/b/1', value: 2 },
      { pointer: '/a/2/b/0', value: null },
    ]);
  });
});

test('valueAt leads to one value, or undefined', () => {
  const document = { list: [{ '~/': 'found' }] };

  expect(valueAt(document, '/list/0/~0~1')).toBe('found');
  expect(valueAt(document, '/list/1/x')).toBeUndefined();
});

test.each([
  ['', true],
  ['/', true],
  ['/a/*/b', true],
  ['/~0~1', true],
  ['a', false],
  ['/~2', false],
  ['/~', false],
])('isPointer(%j) is %s', (text, expected) => {
  expect(isPointer(text)).toBe(expected);
});
