import { describe, expect, it } from 'vitest';
import { type Caller, callerFor } from '../../../model/caller.ts';
import { ownerFilters } from '../../../model/change-filter.ts';
import { logsFor } from '../../../model/change-log.ts';
import type { StoredItem } from '../../../model/item.ts';
import {
  type Deed,
  listedOwner,
  may,
  mayWriteAny,
  ownership,
  readableBy,
} from '../../../model/permissions.ts';

const NOW = 1000;
const callers: Record<string, Caller> = {
  'the API key': callerFor('API Key Authorization', null, [])!,
  alice: callerFor('User Pool Authorization', 'alice', [])!,
  'an admin': callerFor('User Pool Authorization', 'root', ['admins'])!,
  'an IAM caller': callerFor('IAM Authorization', null, [])!,
  'an auditor': { readsAll: true, writesAll: false, writesOwn: false, owner: null },
  /** Reads everything, and writes what is her own. */
  'editor alice': { readsAll: true, writesAll: false, writesOwn: true, owner: 'alice' },
  /** Has items, and may not write them any more. */
  'reader alice': { readsAll: false, writesAll: false, writesOwn: false, owner: 'alice' },
};
const item = (owner?: string): StoredItem => ({
  id: 'a',
  payload: 1,
  version: 1,
  createdAt: 't',
  updatedAt: 't',
  ...(owner !== undefined && { owner }),
});

/** Whose items: nobody's, alice's, bob's. */
const TABLE: [string, Deed, [boolean, boolean, boolean]][] = [
  ['the API key', 'read', [true, false, false]],
  ['the API key', 'list', [true, false, false]],
  ['the API key', 'write', [true, false, false]],
  ['alice', 'read', [true, true, false]],
  ['alice', 'list', [false, true, false]],
  ['alice', 'write', [false, true, false]],
  ['an admin', 'read', [true, true, true]],
  ['an admin', 'list', [true, true, true]],
  ['an admin', 'write', [true, true, true]],
  ['an IAM caller', 'read', [true, true, true]],
  ['an IAM caller', 'list', [true, true, true]],
  ['an IAM caller', 'write', [true, true, true]],
  ['an auditor', 'read', [true, true, true]],
  ['an auditor', 'list', [true, true, true]],
  ['an auditor', 'write', [false, false, false]],
  ['editor alice', 'read', [true, true, true]],
  ['editor alice', 'list', [true, true, true]],
  ['editor alice', 'write', [false, true, false]],
  ['reader alice', 'read', [true, true, false]],
  ['reader alice', 'list', [false, true, false]],
  ['reader alice', 'write', [false, false, false]],
];

/** What DynamoDB makes of the few conditions that there are. */
function holds(expression: string, values: Record<string, unknown>, owner: string | undefined): boolean {
  const text = expression
    .replace('attribute_not_exists(#owner)', String(owner === undefined))
    .replace('attribute_exists(#owner)', String(owner !== undefined))
    .replace('#owner = :caller', String(owner === values[':caller']));
  return text.includes(' OR ') ? text.includes('true') : !text.includes('false');
}

describe.each(TABLE)('%s may %s', (name, deed, expected) => {
  const caller = callers[name]!;
  const owners = [undefined, 'alice', 'bob'];

  it("nobody's, alice's and bob's items as the table says", () => {
    expect(owners.map((owner) => may(caller, deed, item(owner)))).toEqual(expected);
  });

  it('the same by a condition of DynamoDB', () => {
    const condition = ownership(caller, deed);

    expect(
      owners.map((owner) => condition === null || holds(condition.expression, condition.values, owner)),
    ).toEqual(expected);
  });
});

// part: change-feed
it.each([
  [
    'the API key',
    [{ fieldName: 'owner', operator: 'eq', value: '' }],
    ['open#0', 'open#1', 'open#2', 'open#3'],
  ],
  ['alice', [{ fieldName: 'owner', operator: 'eq', value: 'alice' }], ['owner#alice']],
  ['an auditor', [], ['open#0', 'open#1', 'open#2', 'open#3', 'owned#0', 'owned#1', 'owned#2', 'owned#3']],
])('%s hears of what it may list', (name, filters, logs) => {
  expect(ownerFilters(callers[name]!)).toEqual(filters);
  expect(logsFor(callers[name]!)).toEqual(logs);
});
// end: change-feed

it('knows who may write no item at all', () => {
  expect(Object.keys(callers).filter((name) => !mayWriteAny(callers[name]!))).toEqual([
    'an auditor',
    'reader alice',
  ]);
});

it('knows whose items alone a caller lists', () => {
  expect(Object.keys(callers).map((name) => listedOwner(callers[name]!))).toEqual([
    null,
    'alice',
    null,
    null,
    null,
    null,
    'alice',
  ]);
});

describe('an item in an answer', () => {
  it.each([
    ['nothing', null],
    ["somebody else's", item('bob')],
    ['an expired one', { ...item('alice'), expiresAt: NOW }],
  ])('is null for %s', (_, found) => {
    expect(readableBy(callers['alice']!, found, NOW)).toBeNull();
  });

  it('is the item where the caller may read it', () => {
    const found = { ...item('alice'), expiresAt: NOW + 1 };

    expect(readableBy(callers['alice']!, found, NOW)).toBe(found);
  });
});
