import { util } from '@aws-appsync/utils';
import { isGiven } from '../../model/given.ts';
import { type StoredItem, toItem } from '../../model/item.ts';
import type { Refusal, Shown } from '../../model/refusals.ts';

/** Ends the field with the refusal, if there is one. */
export function raise(found: Refusal | null): void {
  if (found) {
    util.error(found.message, found.type, answered(found.data), found.info);
  }
}

/** In the form of answers, whose items have all their members: null those that the stored item lacks. */
function answered(shown: Shown): unknown {
  if (!isGiven(shown)) {
    return null;
  }
  const { items } = shown as { items?: StoredItem[] };
  return isGiven(items) ? { items: items.map((item) => toItem(item)) } : toItem(shown as StoredItem);
}
