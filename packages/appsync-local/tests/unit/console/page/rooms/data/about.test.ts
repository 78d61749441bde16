import { expect, it } from 'vitest';
import { about } from '../../../../../../src/console/page/rooms/data/about.ts';

const event = (data: Record<string, unknown>) => ({ event: { operation: { query: '' }, payload: { data } } });
const ITEM = { owner: { S: 'me' }, at: { N: '3' }, text: { S: 'other' } };

it.each<[Record<string, unknown>, string[], boolean]>([
  [{ onPut: { owner: 'me', at: 3 } }, ['owner', 'at'], true],
  [{ changes: [{ note: { key: { owner: 'me', at: '3' } } }] }, ['owner', 'at'], true],
  [{ onPut: { owner: 'me', at: 4 } }, ['owner', 'at'], false],
  [{ onPut: { owner: 'me too' } }, ['owner'], false],
  [{ onPut: { owner: null } }, ['missing'], false],
])('%j is about the item by %j: %j', (data, keyNames, expected) => {
  expect(about(event(data), ITEM, keyNames)).toBe(expected);
});

it('a remark is about no item', () => {
  expect(about({}, ITEM, [])).toBe(false);
});
