import type { StoredItem } from './item.ts';

/** On whose behalf an item is written; the resolver derives it from the identity. */
export interface Caller {
  /** IAM and the group `admins` may do everything. */
  unrestricted: boolean;
  /** Owner of the items this caller creates; null creates items without an owner (API key). */
  owner: string | null;
}

/** A user may change only its own items; a caller without an owner, only items without one. */
export const mayWrite = ({ unrestricted, owner }: Caller, item: StoredItem): boolean =>
  unrestricted || (item.owner ?? null) === owner;
