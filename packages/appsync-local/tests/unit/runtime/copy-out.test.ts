import { expect, test } from 'vitest';
import { copyOutWithin, TOO_LARGE } from '../../../src/runtime/copy-out.ts';

test.each<[string, unknown, number]>([
  ['text', 'abc', 5],
  ['text outside ASCII', 'é', 4],
  ['escaped text', '\u0001', 8],
  ['a number', -1.25e-7, 8],
  ['the longest number', -1.2345678901234567e-300, 24],
  ['null', null, 4],
  ['undefined', undefined, 4],
  ['an infinity', [Infinity], 6],
  ['a list', [1, 2, 3], 7],
  ['a list of what is no JSON', [undefined, () => 1], 11],
  ['an object', { a: [true], b: { c: 'd' } }, 26],
  ['an object with a long name', { ['x'.repeat(100)]: 1 }, 106],
  ['an object of short strings', { '': '', a: '', b: '' }, 21],
])('%s is too large exactly when its JSON is', (_what, value, bytes) => {
  expect(Buffer.byteLength(JSON.stringify(copyOutWithin(value, bytes)))).toBe(bytes);
  expect(copyOutWithin(value, bytes - 1)).toBe(TOO_LARGE);
});
