import type { Caller } from './caller.ts';
import { isLive } from './expiry.ts';
import { hasMember, isGiven } from './given.ts';
import { type ClientInput, clientMembers, MEMBERS, type StoredItem } from './item.ts';

/** What a put says of an item. A member `owner` that is null makes the item nobody's, an absent one leaves its owner. */
export type PutInput = ClientInput & { id: string; owner?: string | null };

/** When something is written. */
export type Moment = {
  /** Epoch seconds. */
  now: number;
  /** The same as it is stored: ISO 8601 in UTC with milliseconds. */
  time: string;
};

/**
 * The item that a put writes over a row. `createdAt` and owner stay with a live item; an expired one is as good as none. That others refer to it
 * stays with the row.
 *
 * @param read the row there is, expired or not
 */
export function nextItem(
  input: PutInput,
  caller: Caller,
  read: StoredItem | null,
  { now, time }: Moment,
): StoredItem {
  const current = isLive(read, now) ? read : null;
  const owner = nextOwner(input, caller, current);
  return {
    id: input.id,
    ...clientValues(input),
    version: (current ? current.version : 0) + 1,
    createdAt: current ? current.createdAt : time,
    updatedAt: time,
    ...(owner ? { owner } : {}),
    ...(isGiven(read) && read.referenced ? { referenced: true } : {}), // part: validated-items
  };
}

/** The members that the input of a put says, null where every item has one. */
export function clientValues(input: PutInput): Pick<StoredItem, 'payload'> & Partial<StoredItem> {
  const values: Record<string, unknown> = {};
  clientMembers().forEach((name) => {
    if (isGiven(input[name]) || MEMBERS[name].always) {
      values[name] = input[name] ?? null;
    }
  });
  return values as Pick<StoredItem, 'payload'>;
}

/** Whom a written item belongs to: whom a caller that writes everything names, else whom it belonged to, else its creator; null for nobody. */
function nextOwner(input: PutInput, caller: Caller, current: StoredItem | null): string | null {
  if (caller.writesAll && hasMember(input, 'owner')) {
    return input.owner ?? null;
  }
  return (current ? current.owner : caller.owner) ?? null;
}
