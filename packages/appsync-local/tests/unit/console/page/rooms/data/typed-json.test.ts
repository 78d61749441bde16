import { describe, expect, it } from 'vitest';
import {
  inOrder,
  isPlain,
  parseItem,
  plainOf,
} from '../../../../../../src/console/page/rooms/data/typed-json.ts';
import type { Item } from '../../../../../../src/data/data-view.ts';

describe('an item as ordinary JSON', () => {
  it('is what its values mean', () => {
    const item = {
      id: { S: 'one' },
      count: { N: '3.5' },
      open: { BOOL: true },
      gone: { NULL: true },
      map: { M: { list: { L: [{ N: '1' }, { S: '1' }] } } },
    };

    const plain = { id: 'one', count: 3.5, open: true, gone: null, map: { list: [1, '1'] } };
    expect(plainOf(item)).toEqual(plain);
    expect(isPlain(item)).toBe(true);
    expect(parseItem(JSON.stringify(plain), false)).toEqual(item);
  });

  it.each<Item>([
    { tags: { SS: ['a'] } },
    { picture: { B: 'AAEC' } },
    { long: { N: '12345678901234567890' } },
    { map: { M: { numbers: { NS: ['1'] } } } },
  ])('cannot say all of %j', (item) => {
    expect(isPlain(item)).toBe(false);
  });
});

it('has its key first, then its attributes by name', () => {
  const item = { b: { S: '' }, at: { N: '1' }, a: { S: '' }, owner: { S: 'me' } };

  expect(Object.keys(inOrder(item, ['owner', 'at']))).toEqual(['owner', 'at', 'a', 'b']);
});

describe('what somebody typed', () => {
  it.each([
    ['{', false, /^This is not JSON: /],
    ['[]', false, /^An item is a JSON object/],
    ['null', true, /^An item is a JSON object/],
    ['{"id": "one"}', true, /^id is not in DynamoDB's JSON/],
    ['{"id": {"S": "a", "N": "1"}}', true, /^id is not in DynamoDB's JSON/],
    ['{"n": 12345678901234567890}', false, /^The number 12345678901234567890 would lose digits/],
    ['{"n": [0.1234567890123456789]}', false, /would lose digits/],
  ])('%s is refused', (text, isTyped, reason) => {
    expect(() => parseItem(text, isTyped)).toThrow(reason);
  });

  it('may have long numbers in texts, and short ones with many zeros', () => {
    expect(parseItem('{"a": "\\"12345678901234567890", "b": 100000000000000000000}', false)).toEqual({
      a: { S: '"12345678901234567890' },
      b: { N: '100000000000000000000' },
    });
  });
});
