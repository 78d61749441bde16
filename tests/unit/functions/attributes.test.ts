import { expect, test } from 'vitest';
import { fromAttributes, toAttributes } from '../../../functions/put-validated-item/attributes.ts';

test('numbers of others that no double holds are read as doubles, which JSON can carry', () => {
  const read = fromAttributes({ n: { N: '12345678901234567890' }, list: { L: [{ N: '0.1' }] } });

  expect(read).toEqual({ n: 12345678901234567000, list: [0.1] });
});

test('numbers beyond 2^53 are written as JavaScript writes them', () => {
  expect(toAttributes({ n: 2 ** 60 })).toEqual({ n: { N: '1152921504606847000' } });
});

test('what is undefined is left out, and a member called constructor is a member', () => {
  const value = JSON.parse('{"a":{"constructor":null}}') as object;

  expect(toAttributes({ ...value, b: undefined })).toEqual({ a: { M: { constructor: { NULL: true } } } });
});
