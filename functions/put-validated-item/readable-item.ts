import { may } from '../../model/permissions.ts';
import type { Caller } from './caller.ts';
import { isLive, type Item, type StoredItem, toItem } from './item.ts';

declare const asked: unique symbol;

/** An item of which it is known that the caller may read it. Only `readableBy` makes one, and errors show nothing else. */
export type ReadableItem = Item & { readonly [asked]: true };

/**
 * The item when the caller may read it; null for a missing, an expired and somebody else's item alike.
 *
 * @param now epoch milliseconds
 */
export const readableBy = (
  caller: Caller,
  item: StoredItem | null | undefined,
  now: number,
): ReadableItem | null =>
  item && isLive(item, now) && may(caller, 'read', item) ? (toItem(item) as ReadableItem) : null;
