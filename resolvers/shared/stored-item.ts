import { util } from '@aws-appsync/utils';
import type { Caller } from './caller.ts';
import { isGiven } from './input.ts';

/** An item as the table holds it. Absent members are absent attributes, never NULL: `kind` and `owner` are index keys. */
export type StoredItem = {
  id: string;
  kind?: string;
  payload: unknown;
  version: number;
  owner?: string;
  createdAt: string;
  updatedAt: string;
  expiresAt?: number;
  /** Keys of the rows in the constraints table that this item holds. */
  claims?: string[];
  /** Ids of the items that this item keeps from being deleted. */
  references?: string[];
  /** Some item refers, or once referred, to this one. */
  referenced?: boolean;
};

declare const asked: unique symbol;

/** An item of which it is known that the caller may read it. Only `readableBy` makes one, and errors show nothing else. */
export type ReadableItem = StoredItem & { readonly [asked]: true };

/** The item when the caller may read it; null for a missing, an expired and somebody else's item alike. */
export function readableBy(caller: Caller, item: StoredItem | null | undefined): ReadableItem | null {
  return item && isLive(item) && mayRead(caller, item) ? (item as ReadableItem) : null;
}

/** False for an item past its `expiresAt`, whether or not DynamoDB has removed it yet. */
export function isLive(item: StoredItem | null): item is StoredItem {
  return !!item && (!isGiven(item.expiresAt) || item.expiresAt > util.time.nowEpochSeconds());
}

function mayRead(caller: Caller, item: StoredItem): boolean {
  return caller.unrestricted || !item.owner || item.owner === caller.owner;
}

/** A Cognito user changes its own items only; an API key those that belong to nobody. */
export function mayWrite(caller: Caller, item: StoredItem): boolean {
  return caller.unrestricted || (item.owner ?? null) === caller.owner;
}
