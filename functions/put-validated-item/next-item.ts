import type { Caller } from './caller.ts';
import type { PutInput } from './check-input.ts';
import type { Claim } from './claims.ts';
import type { StoredItem } from './item.ts';

/** The item to write over `current`, the live item there is now. Owner and `createdAt` stay with the item; `now` in epoch ms. */
export function nextItem(
  { id, kind, payload, expiresAt, owner }: PutInput,
  caller: Caller,
  current: StoredItem | undefined,
  claims: readonly Claim[],
  now: number,
): StoredItem {
  const updatedAt = new Date(now).toISOString();
  return {
    id,
    kind,
    payload: payload ?? null,
    version: (current?.version ?? 0) + 1,
    owner: (owner === undefined ? (current ? current.owner : caller.owner) : owner) ?? undefined,
    createdAt: current?.createdAt ?? updatedAt,
    updatedAt,
    expiresAt: expiresAt ?? undefined,
    claims: claims.length > 0 ? claims.map(({ pk }) => pk) : undefined,
  };
}
