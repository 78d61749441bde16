import type { Item } from './item.ts';

// The API's types, written here so that the package needs no file of the API; `Item` is generated.
// tests/unit/live-items-types.test.ts of the repository compares them with the types generated from the schema.

/** `EXPIRED`: removed because its `expiresAt` has passed. */
export type ItemChangeType = 'CREATED' | 'UPDATED' | 'DELETED' | 'EXPIRED';

/** A change of an item, in the form of the log of changes and the subscription. */
export interface ItemChange {
  type: ItemChangeType;
  id: string;
  kind: string | null; // part: validated-items
  version: number;
  /** When it happened: ISO 8601, in UTC. */
  at: string;
  /** The owner of the item; empty: none. */
  owner: string;
  /** Sorts the changes of one item as text. */
  order: string;
  /** Whether `item` and `previous` lack their payloads, for example because they were too large. */
  payloadOmitted: boolean;
  /** The item after the change; null: it no longer exists. */
  item: Item | null;
  /** The item before the change; null: there was none. */
  previous: Item | null;
}

/** A page of the log of changes. */
export interface ItemChangePage {
  changes: ItemChange[];
  /** The start of the next page. Cursors live 7 days. */
  cursor: string;
  hasMore: boolean;
}

/** Conditions on a text. All of them must hold; null counts as absent. */
export interface TextFilter {
  eq?: string | null | undefined;
  /** Also true without a value. */
  ne?: string | null | undefined;
  /** One of at most 5 values. */
  in?: string[] | null | undefined;
  beginsWith?: string | null | undefined;
}

/** Selects items. All conditions must hold; null counts as absent. */
export interface LiveItemsFilter {
  id?: TextFilter | null | undefined;
  kind?: TextFilter | null | undefined; // part: validated-items
}

/** What a filter looks at, of an item or of a change of one. */
export interface Subject {
  id: string;
  kind: string | null; // part: validated-items
}
