import type { Caller } from './caller.ts';
import { hasMember, isGiven, utf8Bytes } from './input.ts';
import { refusal, type Refusal } from './refusal.ts';
import type { StoredItem } from './stored-item.ts';
import { textRefusal } from './well-formed.ts';

/** DynamoDB's limit on a partition key, in bytes of UTF-8: `owner` is the key of an index. */
const OWNER_BYTES = 2048;

/** An input that may name an owner: a member that is null makes the item nobody's, an absent one leaves its owner. */
type OwnerInput = { owner?: string | null };

/**
 * Whoever may not do everything owns what it creates; naming an owner is for admins and IAM callers. From others null says
 * nothing: AppSync hands a variable that was not given over as null (aws/aws-appsync-community#348).
 */
export function ownerRefusal(owner: string | null | undefined, caller: Caller): Refusal | null {
  if (!caller.unrestricted) {
    if (!isGiven(owner)) {
      return null;
    }
    return refusal('Unauthorized', 'only admins and IAM callers may set owner; leave it out', null);
  }
  if (!isGiven(owner)) {
    return null;
  }
  if (owner.trim() === '' || utf8Bytes(owner) > OWNER_BYTES) {
    return refusal(
      'BadRequest',
      `owner must not be blank nor longer than ${OWNER_BYTES} bytes; null makes it nobody's`,
      { field: 'owner' },
    );
  }
  return textRefusal(owner, 'owner', 'owner');
}

/** Whom a written item belongs to: whom an unrestricted caller names, else whom it belonged to, else its creator; null for nobody. */
export function ownerOf(input: OwnerInput, caller: Caller, current: StoredItem | null): string | null {
  if (caller.unrestricted && hasMember(input, 'owner')) {
    return input.owner ?? null;
  }
  return current ? (current.owner ?? null) : caller.owner;
}

/** Parts of an update that set or remove the owner; empty where it stays as it is. */
export type OwnerChange = { set: string[]; remove: string[]; values: Record<string, unknown> };

/** An item that the caller creates by an update gets its owner, one that is there keeps its own unless another is named. */
export function ownerChange(input: OwnerInput, caller: Caller): OwnerChange {
  if (isGiven(input.owner)) {
    return { set: ['#owner = :owner'], remove: [], values: { ':owner': input.owner } };
  }
  if (caller.unrestricted && hasMember(input, 'owner')) {
    return { set: [], remove: ['#owner'], values: {} };
  }
  return caller.owner
    ? { set: ['#owner = if_not_exists(#owner, :owner)'], remove: [], values: { ':owner': caller.owner } }
    : { set: [], remove: [], values: {} };
}
