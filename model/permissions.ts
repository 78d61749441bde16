import type { Caller } from './caller.ts';
import { isLive } from './expiry.ts';
import type { Expression } from './expression.ts';
import { isGiven } from './given.ts';
import type { StoredItem } from './item.ts';

/** What a caller does with items: by their ids `read` and `write`, and `list`, which is also to hear of them. */
export type Deed = 'read' | 'list' | 'write';

/** Whose items a deed is allowed on. */
export type Whose = {
  everybodys: boolean;
  /** Those without an owner. */
  nobodys: boolean;
  /** Those of this owner. */
  owner: string | null;
};

/** The table of permissions (docs/security.md). Everything below is made from it, so that all of it says the same. */
export function whose({ readsAll, writesAll, writesOwn, owner }: Caller, deed: Deed): Whose {
  switch (deed) {
    case 'read':
      return { everybodys: readsAll, nobodys: true, owner };
    case 'list':
      return { everybodys: readsAll, nobodys: !isGiven(owner), owner };
    case 'write':
      return {
        everybodys: writesAll,
        nobodys: writesOwn && !isGiven(owner),
        owner: writesOwn ? owner : null,
      };
  }
}

/** Whether the caller may do it with the item. */
export function may(caller: Caller, deed: Deed, item: { owner?: string | null }): boolean {
  const { everybodys, nobodys, owner } = whose(caller, deed);
  return everybodys || (item.owner ? item.owner === owner : nobodys);
}

/** The one owner whose items are all that the caller lists; null for a caller that lists others too, or only unowned ones. */
export function listedOwner(caller: Caller): string | null {
  const { everybodys, owner } = whose(caller, 'list');
  return everybodys ? null : owner;
}

export function mayWriteAny(caller: Caller): boolean {
  const { everybodys, nobodys, owner } = whose(caller, 'write');
  return everybodys || nobodys || isGiven(owner);
}

/**
 * The same as a condition or filter of DynamoDB; null where it holds for every item. A missing item is nobody's. For a caller that may do it
 * with none it never holds.
 */
export function ownership(caller: Caller, deed: Deed): Expression | null {
  const { everybodys, nobodys, owner } = whose(caller, deed);
  if (everybodys) {
    return null;
  }
  const names = { '#owner': 'owner' };
  const unowned = 'attribute_not_exists(#owner)';
  if (!isGiven(owner)) {
    const none = `${unowned} AND attribute_exists(#owner)`;
    return { expression: nobodys ? unowned : none, names, values: {} };
  }
  const owned = '#owner = :caller';
  return {
    expression: nobodys ? `(${unowned} OR ${owned})` : owned,
    names,
    values: { ':caller': owner },
  };
}

declare const asked: unique symbol;

/** An item of which it is known that the caller may read it. Only `readableBy` makes one, and errors show nothing else. */
export type ReadableItem = StoredItem & { readonly [asked]: true };

/**
 * The item when the caller may read it; null for a missing, an expired and somebody else's item alike.
 *
 * @param now epoch seconds
 */
export function readableBy(
  caller: Caller,
  item: StoredItem | null | undefined,
  now: number,
): ReadableItem | null {
  return isLive(item, now) && may(caller, 'read', item) ? (item as ReadableItem) : null;
}
