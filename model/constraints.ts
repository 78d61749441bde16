import type { Expression } from './expression.ts';
import { isGiven } from './given.ts';
import { MAX_KEY_BYTES } from './limits.ts';

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

/** Its delete takes an action for the item, one for those who refer to it, and one for each claim and reference. */
export function deleteActions(claims: number, references: number): number {
  return 2 + claims + references;
}

/** A reference counts for as long as the item stays: one that expires would leave without a word to those it refers to. */
export function keptReferences(references: string[], expiresAt: unknown): string[] {
  return isGiven(expiresAt) ? [] : references;
}
