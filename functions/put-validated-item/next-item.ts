import type { Caller } from './caller.ts';
import type { PutInput } from './check-input.ts';
import type { Claim } from './claims.ts';
import type { StoredItem } from './item.ts';
import type { Reference } from './references.ts';

/** What an item is written over. */
export interface Before {
  /** The row there is, expired or not. */
  read: StoredItem | undefined;
  /** The same while it lives. */
  current: StoredItem | undefined;
}

/** Whom an unrestricted caller names, else whom it belonged to, else its creator. */
function ownerOf(
  owner: string | null | undefined,
  caller: Caller,
  current: StoredItem | undefined,
): string | undefined {
  if (caller.writesAll && owner !== undefined) {
    return owner ?? undefined;
  }
  return current ? current.owner : (caller.owner ?? undefined);
}

/**
 * The item to write over the one there is now. Owner and `createdAt` stay with a live item, `referenced` with the row; `now` in
 * epoch ms. An item that expires would leave without a word to those it refers to, so it does not keep them.
 */
export function nextItem(
  { id, kind, payload, expiresAt, owner }: PutInput,
  caller: Caller,
  { read, current }: Before,
  claims: readonly Claim[],
  references: readonly Reference[],
  now: number,
): StoredItem {
  const updatedAt = new Date(now).toISOString();
  const keeps = (expiresAt ?? null) === null ? references.map((reference) => reference.id) : [];
  return {
    id,
    kind,
    payload: payload ?? null,
    version: (current?.version ?? 0) + 1,
    owner: ownerOf(owner, caller, current),
    createdAt: current?.createdAt ?? updatedAt,
    updatedAt,
    expiresAt: expiresAt ?? undefined,
    claims: claims.length > 0 ? claims.map(({ pk }) => pk) : undefined,
    references: keeps.length > 0 ? keeps : undefined,
    referenced: read?.referenced,
  };
}
