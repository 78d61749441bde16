import { expect, test } from 'vitest';
import { isTooLarge } from '../../../local/resolver/evaluated-size.ts';

test.each<[string, unknown, number]>([
  ['text', 'abc', 5],
  ['text outside ASCII', 'é', 4],
  ['escaped text', '\u0001', 8],
  ['a number', -1.25e-7, 8],
  ['null', null, 4],
  ['a list', [1, 2, 3], 7],
  ['an object', { a: [true], b: { c: 'd' } }, 26],
])('%s is too large exactly when its JSON is', (_what, value, bytes) => {
  expect(Buffer.byteLength(JSON.stringify(value))).toBe(bytes);
  expect(isTooLarge(value, bytes)).toBe(false);
  expect(isTooLarge(value, bytes - 1)).toBe(true);
});
