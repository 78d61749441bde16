import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../model/caller.ts';
import type { StoredItem } from '../../../model/item.ts';
import {
  type Attempt,
  conflict,
  directWriteRefusal,
  missingRefusal,
  referredRefusal,
  refusal,
  writeRefusal,
} from '../../../model/refusals.ts';

const NOW = 1000;
const alice: Caller = { readsAll: false, writesAll: false, writesOwn: true, owner: 'alice' };
const current: StoredItem = {
  id: 'a',
  payload: 1,
  version: 3,
  createdAt: 't',
  updatedAt: 't',
  owner: 'alice',
};
const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  id: 'a',
  caller: alice,
  expectedVersion: null,
  current,
  now: NOW,
  ...more,
});
const conflictAt = (message: string, expectedVersion: number | null, currentVersion: number) => ({
  type: 'Conflict',
  message,
  info: { expectedVersion, currentVersion },
});

describe('a write', () => {
  it.each<[string, Partial<Attempt>]>([
    ['of its own item', {}],
    ['of the expected version', { expectedVersion: 3 }],
    ['that creates', { expectedVersion: 0, current: null }],
    [
      'over an expired item, as if there were none',
      { expectedVersion: 0, current: { ...current, expiresAt: NOW } },
    ],
    ["over somebody else's expired item", { current: { ...current, owner: 'bob', expiresAt: NOW } }],
  ])('%s is not refused', (_, more) => {
    expect(writeRefusal(attempt(more))).toBeNull();
    expect(directWriteRefusal(attempt(more))).toBeNull();
  });

  it("of somebody else's item says nothing of it, its version neither", () => {
    const foreign = attempt({ current: { ...current, owner: 'bob' }, expectedVersion: 2 });
    const refused = {
      type: 'Unauthorized',
      message: 'not allowed to write item a',
      info: { code: 'not_owner', retryable: false },
      data: null,
    };

    expect(writeRefusal(foreign)).toEqual(refused);
    expect(conflict(foreign)).toEqual(refused);
  });

  // part: validated-items
  it('of a validated item is sent to its own mutation', () => {
    const validated = attempt({ current: { ...current, kind: 'product' } });

    expect(writeRefusal(validated)).toBeNull();
    expect(directWriteRefusal(validated)).toMatchObject({
      type: 'BadRequest',
      message: 'item a is a validated item of kind product; write it with putValidatedItem',
      info: { field: 'id' },
    });
  });
  // end: validated-items

  it.each([
    [2, current, 'item a was expected at version 2, but it is at version 3', 3],
    [0, current, 'item a was expected at version 0, but it is at version 3', 3],
    [2, null, 'item a was expected at version 2, but there is no such item', 0],
  ])('that expects version %d is told which one there is', (expectedVersion, row, message, version) => {
    const refused = writeRefusal(attempt({ expectedVersion, current: row }));

    expect(refused).toMatchObject(conflictAt(message, expectedVersion, version));
    expect(refused?.info).toMatchObject({ code: 'version_differs', retryable: false });
    expect(refused?.data).toBe(row);
  });

  it.each([null, 3])('that was overtaken and expected %s is told to try again', (expectedVersion) => {
    const refused = conflict(attempt({ expectedVersion }));

    expect(refused).toMatchObject(
      conflictAt('item a was changed by another writer; try again', expectedVersion, 3),
    );
    expect(refused.info).toMatchObject({ code: 'race_lost', retryable: true });
  });
});

it('has a code of its type', () => {
  // @ts-expect-error -- a code of another type
  refusal('Conflict', 'id_required', '', null);
  // @ts-expect-error -- no code
  refusal('Conflict', 'item a is taken', null);

  expect(refusal('NotFound', 'item_missing', 'there is none', { id: 'a' })).toEqual({
    type: 'NotFound',
    message: 'there is none',
    info: { code: 'item_missing', retryable: false, id: 'a' },
    data: null,
  });
});

// part: validated-items
it('counts who refers to an item', () => {
  expect([1, 2].map((count) => referredRefusal(attempt(), count).message)).toEqual([
    'item a cannot be deleted while 1 item refers to it; delete or change those first',
    'item a cannot be deleted while 2 items refer to it; delete or change those first',
  ]);
});
// end: validated-items

it('misses what is not there, or not any more', () => {
  expect(missingRefusal(attempt())).toBeNull();
  expect(missingRefusal(attempt({ current: null }))).toMatchObject({
    type: 'NotFound',
    info: { code: 'item_missing', retryable: false, id: 'a' },
  });
  expect(missingRefusal(attempt({ current: { ...current, expiresAt: NOW } }))).toMatchObject({
    type: 'NotFound',
  });
});
