import { type Caller, callerKey } from './caller.ts';
import type { Expression } from './expression.ts';
import { isGiven } from './given.ts';
import { MAX_KEY_BYTES } from './limits.ts';

/** How long a request token is remembered: as long as DynamoDB's own (API reference, TransactWriteItems, ClientRequestToken). */
export const REMEMBERED_SECONDS = 600;

const CLAIM = 'unique#';
const REFERRERS = 'referrers#';

/** Key of the row that holds a unique value of a kind. @param value its JSON, one text for equal values */
export function claimKey(kind: string, pattern: string, value: string): string {
  return `${CLAIM}${kind}#${pattern}#${value}`;
}

export function isClaimKey(key: string): boolean {
  return key.startsWith(CLAIM);
}

/** Key of the row that counts who refers to an item. */
export function referrersKey(id: string): string {
  return `${REFERRERS}${id}`;
}

/** So long may an id be that is referred to: the row that counts the referrers needs a key. */
export const MAX_REFERENCE_BYTES = MAX_KEY_BYTES - REFERRERS.length;

/** Key of the row of a request token, which belongs to its caller and its field. */
export function requestKey(field: string, caller: Caller, token: string): string {
  return `request#${field}#${callerKey(caller)}#${token}`;
}

/** That no live item but this one holds a claim. @param now the time in the form of the other values */
export function claimable(id: unknown, now: unknown): Expression {
  return {
    expression: 'attribute_not_exists(#pk) OR #itemId = :id OR #expiresAt <= :now',
    names: { '#pk': 'pk', '#itemId': 'itemId', '#expiresAt': 'expiresAt' },
    values: { ':id': id, ':now': now },
  };
}

/** That no other item holds a claim: it may be freed. */
export function releasable(id: unknown): Expression {
  return {
    expression: 'attribute_not_exists(#pk) OR #itemId = :id',
    names: { '#pk': 'pk', '#itemId': 'itemId' },
    values: { ':id': id },
  };
}

/** That nothing refers to an item: its row of referrers may go. @param none 0, in the form of the row's values */
export function unreferenced(none: unknown): Expression {
  return {
    expression: 'attribute_not_exists(#pk) OR #referrers <= :none',
    names: { '#pk': 'pk', '#referrers': 'referrers' },
    values: { ':none': none },
  };
}

/** The update of a row of referrers. @param by 1 or -1, in the form of the row's values */
export function countReferrers(by: unknown): Expression {
  return { expression: 'ADD #referrers :by', names: { '#referrers': 'referrers' }, values: { ':by': by } };
}

/** That a key of the constraints table is free, or its row has expired. @param now in the form of the row's values */
export function unused(now: unknown): Expression {
  return {
    expression: 'attribute_not_exists(#pk) OR #expiresAt <= :now',
    names: { '#pk': 'pk', '#expiresAt': 'expiresAt' },
    values: { ':now': now },
  };
}

/** What of a row tells whether it is still the one that was read. Its values may be plain, or in DynamoDB's form. */
export type ReadRow = { version?: unknown; createdAt?: unknown; owner?: unknown; referenced?: unknown };

/**
 * That a row is still what was read. `createdAt` tells it from one that was deleted and created again, which counts its versions from 1
 * too; `owner` from one that a script gave to somebody else without counting; and a reference to it made since must not be forgotten.
 *
 * @param read null for a row that was not there
 * @param expiredBy the time by which it had expired, in the form of its values; null for a live one
 */
export function unchanged(read: ReadRow | null, expiredBy: unknown): Expression {
  if (!isGiven(read)) {
    return { expression: 'attribute_not_exists(#id)', names: { '#id': 'id' }, values: {} };
  }
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const clauses: string[] = [];
  const members: Record<string, unknown> = {
    version: read.version,
    createdAt: read.createdAt,
    owner: read.owner,
  };
  Object.keys(members).forEach((name) => {
    names[`#${name}`] = name;
    if (isGiven(members[name])) {
      clauses.push(`#${name} = :${name}`);
      values[`:${name}`] = members[name];
    } else {
      clauses.push(`attribute_not_exists(#${name})`);
    }
  });
  if (Object.keys(values).length === 0) {
    clauses.push('attribute_exists(#id)');
    names['#id'] = 'id';
  }
  if (!read.referenced) {
    clauses.push('attribute_not_exists(#referenced)');
    names['#referenced'] = 'referenced';
  }
  if (isGiven(expiredBy)) {
    clauses.push('#expiresAt <= :now');
    names['#expiresAt'] = 'expiresAt';
    values[':now'] = expiredBy;
  }
  return { expression: clauses.join(' AND '), names, values };
}

/** Its delete takes an action for the item, one for those who refer to it, and one for each claim and reference. */
export function deleteActions(claims: number, references: number): number {
  return 2 + claims + references;
}

/** A reference counts for as long as the item stays: one that expires would leave without a word to those it refers to. */
export function keptReferences(references: string[], expiresAt: unknown): string[] {
  return isGiven(expiresAt) ? [] : references;
}
