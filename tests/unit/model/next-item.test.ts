import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../model/caller.ts';
import { clientMembers, filterMembers, itemMembers, type StoredItem, toItem } from '../../../model/item.ts';
import { nextItem } from '../../../model/next-item.ts';

const NOW = 1000;
const at = { now: NOW, time: 'now' };
const alice: Caller = { readsAll: false, writesAll: false, writesOwn: true, owner: 'alice' };
const apiKey: Caller = { ...alice, owner: null };
const admin: Caller = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
const row: StoredItem = {
  id: 'a',
  payload: 'old',
  version: 3,
  owner: 'bob',
  createdAt: 'then',
  updatedAt: 'then',
  expiresAt: NOW + 1,
  referenced: true, // part: validated-items
};

describe('the next version of an item', () => {
  it('begins with 1 and belongs to whoever creates it', () => {
    expect(nextItem({ id: 'a', payload: 0, expiresAt: 5 }, alice, null, at)).toEqual({
      ...{ id: 'a', payload: 0, version: 1, owner: 'alice' },
      ...{ createdAt: 'now', updatedAt: 'now', expiresAt: 5 },
    });
    expect(nextItem({ id: 'a' }, apiKey, null, at)).not.toHaveProperty('owner');
  });

  it('keeps creation and owner, and that others refer to it, and loses payload and expiry that are not given again', () => {
    expect(nextItem({ id: 'a' }, admin, row, at)).toEqual({
      ...{ id: 'a', payload: null, version: 4, owner: 'bob' },
      ...{ createdAt: 'then', updatedAt: 'now' },
      referenced: true, // part: validated-items
    });
  });

  it('of an expired row is a new item', () => {
    expect(nextItem({ id: 'a' }, alice, { ...row, expiresAt: NOW }, at)).toMatchObject({
      ...{ version: 1, owner: 'alice', createdAt: 'now' },
      referenced: true, // part: validated-items
    });
  });

  it('belongs to whom an admin names, null for nobody; other callers name nobody', () => {
    expect(nextItem({ id: 'a', owner: 'carol' }, admin, row, at).owner).toBe('carol');
    expect(nextItem({ id: 'a', owner: null }, admin, row, at)).not.toHaveProperty('owner');
    expect(nextItem({ id: 'a', owner: 'carol' }, alice, row, at).owner).toBe('bob');
  });
});

describe('the members of an item', () => {
  it('are answered with null for those it has not, and without what is nobody else’s', () => {
    const members = Object.fromEntries(itemMembers().map((name) => [name, null]));
    const kept = {
      ...row,
      ...{ claims: ['c'], references: ['r'] }, // part: validated-items
    };

    expect(toItem(kept)).toEqual({
      ...members,
      ...{ id: 'a', payload: 'old', version: 3, owner: 'bob' },
      ...{ createdAt: 'then', updatedAt: 'then', expiresAt: NOW + 1 },
    });
  });

  it('are named by what they are for', () => {
    expect(itemMembers()).not.toContain('claims'); // part: validated-items
    expect(clientMembers()).toEqual(expect.arrayContaining(['payload', 'expiresAt']));
    expect(filterMembers()).toEqual(expect.arrayContaining(['version', 'payload']));
  });
});
