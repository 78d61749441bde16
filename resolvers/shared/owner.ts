import type { Caller } from './caller.ts';
import { isGiven, utf8Bytes } from './input.ts';
import { refusal, type Refusal } from './refusal.ts';
import type { StoredItem } from './stored-item.ts';

/** DynamoDB's limit on a partition key, in bytes of UTF-8: `owner` is the key of an index. */
const OWNER_BYTES = 2048;

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
  if (isGiven(owner) && (owner.trim() === '' || utf8Bytes(owner) > OWNER_BYTES)) {
    return refusal(
      'BadRequest',
      `owner must not be blank nor longer than ${OWNER_BYTES} bytes; null makes it nobody's`,
      { field: 'owner' },
    );
  }
  return null;
}

/** Whom a written item belongs to: whom an unrestricted caller names, else whom it belonged to, else its creator. */
export function ownerOf(
  owner: string | null | undefined,
  caller: Caller,
  current: StoredItem | null,
): string | undefined {
  if (caller.unrestricted && owner !== undefined) {
    return owner ?? undefined;
  }
  return current ? current.owner : (caller.owner ?? undefined);
}

/** Parts of an update that set or remove the owner; empty where it stays as it is. */
export type OwnerChange = { set: string[]; remove: string[]; values: Record<string, unknown> };

/** An item that the caller creates by an update gets its owner, one that is there keeps its own unless another is named. */
export function ownerChange(owner: string | null | undefined, caller: Caller): OwnerChange {
  if (caller.unrestricted && owner === null) {
    return { set: [], remove: ['#owner'], values: {} };
  }
  if (isGiven(owner)) {
    return { set: ['#owner = :owner'], remove: [], values: { ':owner': owner } };
  }
  return caller.owner
    ? { set: ['#owner = if_not_exists(#owner, :owner)'], remove: [], values: { ':owner': caller.owner } }
    : { set: [], remove: [], values: {} };
}
