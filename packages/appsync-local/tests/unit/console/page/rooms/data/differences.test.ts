import { expect, it } from 'vitest';
import { differencesOf } from '../../../../../../src/console/page/rooms/data/differences.ts';

it('names each member that differs, and no other', () => {
  const before = {
    id: { S: 'one' },
    payload: { M: { size: { N: '1' }, color: { S: 'red' } } },
    tags: { L: [{ S: 'a' }, { S: 'b' }] },
    old: { BOOL: false },
  };
  const after = {
    id: { S: 'one' },
    payload: { M: { color: { S: 'red' }, size: { N: '2' } } },
    tags: { L: [{ S: 'a' }] },
    more: { NULL: true },
  };

  expect(differencesOf(before, after)).toEqual([
    { path: 'payload.size', before: '1', after: '2' },
    { path: 'tags[1]', before: '"b"', after: undefined },
    { path: 'old', before: 'false', after: undefined },
    { path: 'more', before: undefined, after: 'null' },
  ]);
});

it('shows the types of values that read the same', () => {
  expect(differencesOf({ tags: { SS: ['a'] } }, { tags: { L: [{ S: 'a' }] } })).toEqual([
    { path: 'tags', before: '{"SS":["a"]}', after: '{"L":[{"S":"a"}]}' },
  ]);
});

it('has all of an item that is added or deleted', () => {
  expect(differencesOf(null, { id: { S: 'one' } })).toEqual([
    { path: 'id', before: undefined, after: '"one"' },
  ]);
  expect(differencesOf({ id: { S: 'one' } }, null)).toEqual([
    { path: 'id', before: '"one"', after: undefined },
  ]);
});
