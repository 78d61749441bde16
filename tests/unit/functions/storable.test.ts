import { describe, expect, test } from 'vitest';
import { itemBytes } from '../../../functions/put-validated-item/item-size.ts';
import { obstacle } from '../../../functions/put-validated-item/storable.ts';

describe('the size of an item', () => {
  test.each<[object, number]>([
    [{ ab: '' }, 2],
    [{ a: 'é€😂' }, 1 + 2 + 3 + 4],
    [{ a: 7 }, 1 + 2],
    [{ a: 0 }, 1 + 1],
    [{ a: -1234 }, 1 + 4],
    [{ a: 0.001 }, 1 + 2],
    [{ a: 1e100 }, 1 + 2],
    [{ a: null, b: true }, 4],
    [{ a: [] }, 1 + 3],
    [{ a: ['x', 'yz'] }, 1 + 3 + 2 + 3],
    [{ a: { bc: 'd' } }, 1 + 3 + 1 + 3],
    [{ a: undefined }, 0],
  ])('%j is %d bytes', (item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});

describe('what DynamoDB cannot keep', () => {
  test.each([1e-131, -1e-131, Number.MIN_VALUE])('the number %d', (value) => {
    expect(obstacle({ 'a/b': [0, value] })).toEqual({
      message: `number ${value} at /a~1b/1 is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`,
      path: '/a~1b/1',
    });
  });

  test.each([2 ** 53, -(2 ** 53), 1e20, 1e126, -1e126, Number.MAX_VALUE, Infinity])(
    'the number %d, which may have lost digits',
    (value) => {
      expect(obstacle({ 'a/b': [0, value] })).toEqual({
        message: `number ${value} at /a~1b/1 may have lost digits: whole numbers are exact up to 9007199254740991; send it as a string, or write it with an import or SDK`,
        path: '/a~1b/1',
      });
    },
  );

  test.each([
    ['the root', { '': 1 }],
    ['/a/0', { a: [{ '': 1 }] }],
  ])('a member without a name at %s', (place, value) => {
    expect(obstacle(value)?.message).toContain(`the member at ${place} whose name is empty`);
  });

  test.each([
    ['the text at the root holds an unpaired surrogate', '\ud800', ''],
    ['the text at /a/1 holds an unpaired surrogate', { a: ['😀', 'b\udc00'] }, '/a/1'],
    ['the member at /a whose name holds an unpaired surrogate', { a: { '\ud800': 1 } }, '/a'],
  ])('%s', (message, value, path) => {
    expect(obstacle(value)).toEqual({ message: expect.stringContaining(message) as string, path });
  });

  test('names the root when it is the payload itself', () => {
    expect(obstacle(1e200)).toMatchObject({
      message: expect.stringContaining('number 1e+200 at the root') as string,
      path: '',
    });
  });

  test.each([0, -0, 1e-130, -1e-130, 0.1 + 0.2, 1 / 3, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'is not the number %d',
    (value) => {
      expect(obstacle(value)).toBeNull();
    },
  );
});
