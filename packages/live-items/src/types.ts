import type { Item } from './item.ts';

// The API's types, written out so that the package needs no file of the API; `Item` is generated. tests/unit/live-items-types.test.ts of the
// repository compares them with those that are generated from the schema.

/** `EXPIRED`: removed because its `expiresAt` has passed. */
export type ItemChangeType = 'CREATED' | 'UPDATED' | 'DELETED' | 'EXPIRED';

/** A change of an item, as the log of changes and the subscription report it. */
export interface ItemChange {
  type: ItemChangeType;
  id: string;
  kind: string | null;
  version: number;
  /** When it happened: ISO 8601, in UTC. */
  at: string;
  /** Who owns the item; empty: nobody does. */
  owner: string;
  /** Sorts the changes of one item as text. */
  order: string;
  /** Whether `item` and `previous` were too large to come with their payloads. */
  payloadOmitted: boolean;
  /** The item after the change; null: it is gone. */
  item: Item | null;
  /** The item before the change; null: there was none. */
  previous: Item | null;
}

/** A page of the log of changes. */
export interface ItemChangePage {
  changes: ItemChange[];
  /** Where the next page begins. Cursors live 7 days. */
  cursor: string;
  hasMore: boolean;
}

/** Conditions on a text. All that are given must hold; one that is null is not given. */
export interface TextFilter {
  eq?: string | null | undefined;
  /** True where there is no value, too. */
  ne?: string | null | undefined;
  /** One of at most 5 values. */
  in?: string[] | null | undefined;
  beginsWith?: string | null | undefined;
}

/** Which items are wanted. All conditions that are given must hold; one that is null is not given. */
export interface LiveItemsFilter {
  id?: TextFilter | null | undefined;
  kind?: TextFilter | null | undefined;
}
