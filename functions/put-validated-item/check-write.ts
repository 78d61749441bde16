import { deleteActions } from '../../model/constraints.ts';
import type { StoredItem } from '../../model/item.ts';
import { actionsRefusal } from '../../model/kinds/refusals.ts';
import { MAX_ITEM_BYTES } from '../../model/limits.ts';
import { utf8Bytes } from '../../model/plain/measure.ts';
import { type Refusal, tooLarge } from '../../model/refusals.ts';
import { itemBytes } from './item-size.ts';
import type { Action } from './plan.ts';

export const tooLargeItem = ({ payload }: StoredItem): Refusal =>
  tooLarge(utf8Bytes(JSON.stringify(payload)));

function checkActions(
  { claims = [], references = [] }: StoredItem,
  actions: readonly Action[],
): Refusal | null {
  const count = (does: Action['does']): number => actions.filter((action) => action.does === does).length;
  return actionsRefusal(Math.max(actions.length, deleteActions(claims.length, references.length)), {
    claimed: count('claim'),
    released: count('release'),
    checked: count('require'),
    counted: count('count'),
  });
}

/** Why DynamoDB cannot accept the item and its transaction; null when it can. */
export const checkWrite = (item: StoredItem, actions: readonly Action[]): Refusal | null =>
  itemBytes(item) > MAX_ITEM_BYTES ? tooLargeItem(item) : checkActions(item, actions);
