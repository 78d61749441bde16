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
  test.each([1e126, -1e126, 1e-131, Number.MIN_VALUE])('the number %d', (value) => {
    expect(obstacle({ 'a/b': [0, value] })).toContain(`number ${value} at /a~1b/1 is out of range`);
  });

  test.each([
    ['the root', { '': 1 }],
    ['/a/0', { a: [{ '': 1 }] }],
  ])('a member without a name at %s', (place, value) => {
    expect(obstacle(value)).toContain(`the member at ${place} whose name is empty`);
  });

  test('names the root when it is the payload itself', () => {
    expect(obstacle(1e200)).toContain('number 1e+200 at the root');
  });

  test.each([0, -0, 9.99e125, 1e-130, -1e-130, Number.MAX_SAFE_INTEGER])('is not the number %d', (value) => {
    expect(obstacle(value)).toBeNull();
  });
});
