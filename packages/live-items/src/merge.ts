import type { Item } from './item.ts';
import type { ItemChange, Subject } from './types.ts';

/** The effect of one change on the view. */
export interface LiveItemsChange {
  id: string;
  /** The item that the view has now; null: none. */
  item: Item | null;
  /** The item that the view had before; null: none. */
  previous: Item | null;
  /** The change as the API reported it; null when the items were read anew or an expiry passed. */
  change: ItemChange | null;
}

/** Items by id, merged from pages of a list and from changes, in any order and with any repeats. */
export interface Merge {
  /** Adds items that were read at some time. They never override a change. */
  addRead(items: readonly Item[]): void;
  /** False for a repeat, and for a change older than one that was applied. */
  isNew(change: ItemChange): boolean;
  /**
   * @param read the item as read after the change; default: the change's own
   * @returns null when the change is not new, or older than the item that was read
   */
  apply(change: ItemChange, read?: Item | null): LiveItemsChange | null;
  /** Removes the expired items. */
  expire(): LiveItemsChange[];
  /**
   * Takes over a map: its contents become these items.
   * @returns the differences
   */
  moveInto(view: Map<string, Item>): LiveItemsChange[];
  /** When `expire()` next has something to do, in epoch milliseconds; Infinity for never. */
  nextExpiry(): number;
}

export interface MergeOptions {
  /** Whether an item matches the filter. */
  wanted(item: Subject): boolean;
  /** Epoch milliseconds. */
  now(): number;
}

/**
 * How long a removed item's order is remembered, in milliseconds: a stream keeps its records 24 hours (DynamoDB developer
 * guide, "Change data capture for DynamoDB Streams"), so nothing is published again after that.
 */
const REMEMBERED_MS = 24 * 3_600_000;

export function createMerge({ wanted, now }: MergeOptions): Merge {
  let items = new Map<string, Item>();
  /** The order of the last change of each item, removed items included. */
  const orders = new Map<string, string>();
  /** Items that were read, and so may be newer than their last change; with what the last change older than that left, if one came. */
  const ahead = new Map<string, Item | null>();
  /** When items were removed, oldest first. */
  const removedAt = new Map<string, number>();
  const expiring = new Set<string>();
  let expiry = Infinity;

  const isGone = ({ expiresAt }: Item): boolean => expiresAt !== null && expiresAt * 1000 <= now();

  function set(id: string, item: Item | null): void {
    expiring.delete(id);
    if (item === null) {
      items.delete(id);
      ahead.delete(id);
      removedAt.delete(id);
      removedAt.set(id, now());
      return;
    }
    items.set(id, item);
    removedAt.delete(id);
    if (item.expiresAt !== null) {
      expiring.add(id);
      expiry = Math.min(expiry, item.expiresAt * 1000);
    }
  }

  function forget(): void {
    const horizon = now() - REMEMBERED_MS;
    for (const [id, at] of removedAt) {
      if (at > horizon) {
        return;
      }
      removedAt.delete(id);
      orders.delete(id);
    }
  }

  const isNew = ({ id, order }: ItemChange): boolean => order > (orders.get(id) ?? '');

  return {
    isNew,
    addRead(read) {
      for (const item of read) {
        const known = items.get(item.id);
        if (!orders.has(item.id) && wanted(item) && !isGone(item) && (!known || isBefore(known, item))) {
          set(item.id, item);
          ahead.set(item.id, ahead.get(item.id) ?? null);
        }
      }
    },
    apply(change, read) {
      const { id, order } = change;
      if (!isNew(change)) {
        return null;
      }
      forget();
      const previous = items.get(id) ?? null;
      const wasWanted = change.previous !== null && wanted(change.previous);
      if (!wanted(change) && !wasWanted && !previous && !orders.has(id)) {
        return null; // An item that was never wanted need not be remembered.
      }
      const skipped = ahead.get(id);
      if (previous && skipped !== undefined && isBehind(change, previous) && !goesBack(change, skipped)) {
        ahead.set(id, change.item ?? change.previous);
        return null; // Its order is not remembered: should it not be behind after all, it counts once its predecessor came.
      }
      orders.set(id, order);
      const current = read === undefined ? change.item : read;
      const item = current && wanted(current) && !isGone(current) ? current : null;
      set(id, item);
      if (item && read) {
        ahead.set(id, null);
      } else {
        ahead.delete(id);
      }
      return { id, item, previous, change };
    },
    expire() {
      const gone = [...expiring].map((id) => items.get(id)!).filter(isGone);
      gone.forEach(({ id }) => set(id, null));
      expiry = Infinity;
      expiring.forEach((id) => (expiry = Math.min(expiry, items.get(id)!.expiresAt! * 1000)));
      return gone.map((previous) => ({ id: previous.id, item: null, previous, change: null }));
    },
    moveInto(view) {
      const differences = differencesOf(view, items);
      differences.forEach(({ id, item }) => (item ? view.set(id, item) : view.delete(id)));
      items = view;
      return differences;
    },
    nextExpiry: () => expiry,
  };
}

function differencesOf(
  before: ReadonlyMap<string, Item>,
  after: ReadonlyMap<string, Item>,
): LiveItemsChange[] {
  const gone = [...before.values()].filter(({ id }) => !after.has(id));
  const come = [...after.values()].filter((item) => {
    const known = before.get(item.id);
    return !known || !isSame(known, item);
  });
  return [
    ...gone.map((previous) => ({ id: previous.id, item: null, previous, change: null })),
    ...come.map((item) => ({ id: item.id, item, previous: before.get(item.id) ?? null, change: null })),
  ];
}

/** Compares creation first: an item that was deleted and put again starts at version 1. */
export const isBefore = (one: Item, other: Item): boolean =>
  one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.version < other.version);

const isSame = (one: Item, other: Item): boolean =>
  one.createdAt === other.createdAt && one.version === other.version && one.updatedAt === other.updatedAt;

/**
 * Whether a change was made before an item was read. The one that follows what was read is known by its `previous`, so that no
 * writer's odd version or clock can keep it out.
 */
function isBehind({ item, previous }: ItemChange, shown: Item): boolean {
  const left = item ?? previous;
  return left !== null && isBefore(left, shown) && !(previous && isSame(previous, shown));
}

/**
 * Whether a change left an older item than the one before it, as a script may. Then nothing says which of its items is newer, and the change
 * counts: at worst the view shows an older item until the next change.
 * @param skipped what the change before it left, where that was older than what was read
 */
function goesBack({ item, previous }: ItemChange, skipped: Item | null): boolean {
  const before = previous ?? skipped;
  return item !== null && before !== null && isBefore(item, before);
}
