import { badRequest, type Refusal } from './answer.ts';
import type { Claim } from './claims.ts';
import { itemBytes } from './item-size.ts';
import type { StoredItem } from './item.ts';
import { MAX_ACTIONS, MAX_ITEM_BYTES, MAX_KEY_BYTES, utf8Bytes } from './limits.ts';
import type { Action } from './plan.ts';

/** `maxLength` in the schema of the kind is the better place to keep unique values short. */
export function checkClaims(claims: readonly Claim[]): Refusal | null {
  const tooLong = claims.find(({ pk }) => utf8Bytes(pk) > MAX_KEY_BYTES);
  if (!tooLong) {
    return null;
  }
  const bytes = utf8Bytes(tooLong.pk);
  return badRequest(
    `the unique value at ${tooLong.path} makes a key of ${bytes} bytes, the limit is ${MAX_KEY_BYTES}: shorten it`,
    'payload',
  );
}

export const tooLarge = (item: StoredItem): Refusal =>
  badRequest(
    `item has ${itemBytes(item)} bytes, DynamoDB's limit is ${MAX_ITEM_BYTES} (400 KB): split the payload`,
    'payload',
  );

const count = (actions: readonly Action[], does: Action['does']): number =>
  actions.filter((action) => action.does === does).length;

/** Its delete takes an action for the item, one for those who refer to it, and one for each claim and reference. */
const deleteActions = ({ claims = [], references = [] }: StoredItem): number =>
  2 + claims.length + references.length;

function checkActions(item: StoredItem, actions: readonly Action[]): Refusal | null {
  const needed = Math.max(actions.length, deleteActions(item));
  if (needed <= MAX_ACTIONS) {
    return null;
  }
  return badRequest(
    `payload takes ${needed} actions in one transaction, DynamoDB's limit is ${MAX_ACTIONS}: the item, ` +
      `${count(actions, 'claim')} unique values to take, ${count(actions, 'release')} to free and ` +
      `${count(actions, 'require')} references to check and ${count(actions, 'count')} to count`,
    'payload',
  );
}

/** Whether DynamoDB can take the item and its transaction; null when it can. */
export const checkWrite = (item: StoredItem, actions: readonly Action[]): Refusal | null =>
  itemBytes(item) > MAX_ITEM_BYTES ? tooLarge(item) : checkActions(item, actions);
