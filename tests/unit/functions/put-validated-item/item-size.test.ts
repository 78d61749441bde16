import { describe, expect, test } from 'vitest';
import { itemBytes } from '../../../../functions/put-validated-item/item-size.ts';

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
