import type { Caller } from './caller.ts';
import { isGiven } from './input.ts';
import { refusal, type Refusal } from './refusal.ts';
import { isLive, mayWrite, readableBy, type StoredItem } from './stored-item.ts';

/** The item is somebody else's; says nothing more of it. */
export function foreignRefusal(id: string, caller: Caller, current: StoredItem | null): Refusal | null {
  return current && isLive(current) && !mayWrite(caller, current)
    ? refusal('Unauthorized', `not allowed to write item ${id}`, null)
    : null;
}

/** A validated item is written through its rules only. */
function validatedRefusal(id: string, current: StoredItem | null): Refusal | null {
  return current && isLive(current) && current.kind
    ? refusal(
        'BadRequest',
        `item ${id} is a validated item of kind ${current.kind}; write it with putValidatedItem`,
        { field: 'id' },
      )
    : null;
}

/** The current version is not the expected one. */
export function versionRefusal(
  id: string,
  caller: Caller,
  expectedVersion: number | null,
  current: StoredItem | null,
): Refusal | null {
  return isGiven(expectedVersion) && expectedVersion !== liveVersion(current)
    ? conflict(id, caller, expectedVersion, current)
    : null;
}

/** Why the item as it is now may not be written by this caller through the direct writes; null when it may. */
export function directWriteRefusal(
  id: string,
  caller: Caller,
  expectedVersion: number | null,
  current: StoredItem | null,
): Refusal | null {
  return (
    foreignRefusal(id, caller, current) ||
    validatedRefusal(id, current) ||
    versionRefusal(id, caller, expectedVersion, current)
  );
}

/**
 * `data` is the current item; `currentVersion` 0 says that there is none. An item that has become somebody else's is refused as one that
 * always was: not even its version shows.
 */
export function conflict(
  id: string,
  caller: Caller,
  expectedVersion: number | null,
  current: StoredItem | null,
): Refusal {
  const currentVersion = liveVersion(current);
  const found = currentVersion === 0 ? 'there is no such item' : `it is at version ${currentVersion}`;
  return (
    foreignRefusal(id, caller, current) ||
    refusal(
      'Conflict',
      isGiven(expectedVersion)
        ? `item ${id} was expected at version ${expectedVersion}, but ${found}`
        : `item ${id} was changed by another writer; try again`,
      { expectedVersion, currentVersion },
      readableBy(caller, current),
    )
  );
}

/** Other items refer to the item. Who may delete it learns how many, of items that it may not read too, and nothing else of them. */
export function referredRefusal(
  id: string,
  caller: Caller,
  expectedVersion: number | null,
  current: StoredItem | null,
  referrers: number,
): Refusal {
  return refusal(
    'Conflict',
    `item ${id} cannot be deleted while ${referrers} ${referrers === 1 ? 'item refers' : 'items refer'} to it; delete or change those first`,
    { expectedVersion, currentVersion: liveVersion(current), referrers },
    readableBy(caller, current),
  );
}

function liveVersion(current: StoredItem | null): number {
  return current && isLive(current) ? current.version : 0;
}
