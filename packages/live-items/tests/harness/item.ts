import { type Item, ITEM_MEMBERS } from '../../src/item.ts';

const NOTHING = Object.fromEntries(ITEM_MEMBERS.split(' ').map((name) => [name, null]));

/** An item of version 1, changed where the test says so; a member that no test speaks of is null. */
export const anItem = (more: Partial<Item> = {}): Item => ({
  ...(NOTHING as unknown as Item),
  id: 'one',
  payload: '1',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
