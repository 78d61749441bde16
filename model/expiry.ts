import type { Expression } from './expression.ts';
import { isGiven } from './given.ts';
import { EARLIEST_EXPIRY, LATEST_EXPIRY } from './limits.ts';

type Expiring = { expiresAt?: number | null };

/**
 * False for an item past its `expiresAt`, whether or not DynamoDB has removed it yet, and for none.
 *
 * @param now epoch seconds
 */
export function isLive<Kind extends Expiring>(item: Kind | null | undefined, now: number): item is Kind {
  return isGiven(item) && !isPast(item.expiresAt, now);
}

/**
 * Whether an expiry, in epoch seconds, has come. One that a script wrote as null or text never does: time to live passes over it (DynamoDB
 * Developer Guide, "Using time to live (TTL) in DynamoDB").
 * @param now epoch seconds
 */
export function isPast(expiresAt: number | null | undefined, now: number): boolean {
  return typeof expiresAt === 'number' && expiresAt <= now;
}

/** That an item has not expired, as a condition or filter of DynamoDB; it holds for a missing item too. @param now epoch seconds */
export function liveness(now: number): Expression {
  return {
    expression: '(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now)',
    names: { '#expiresAt': 'expiresAt' },
    values: { ':now': now },
  };
}

/** That there is no live item: an expired one may be created anew. @param now epoch seconds */
export function replaceable(now: number): Expression {
  return {
    expression: 'attribute_not_exists(#id) OR #expiresAt <= :now',
    names: { '#id': 'id', '#expiresAt': 'expiresAt' },
    values: { ':now': now },
  };
}

/** Why an item cannot expire at a time in epoch seconds; null when it can. */
export function expiryProblem(expiresAt: number): string | null {
  if (expiresAt >= EARLIEST_EXPIRY && expiresAt <= LATEST_EXPIRY) {
    return null;
  }
  const inSeconds = Math.floor(expiresAt / 1000);
  return inSeconds > 0 && inSeconds <= LATEST_EXPIRY
    ? `expiresAt ${expiresAt} looks like milliseconds; it must be seconds since 1970, which is ${inSeconds}`
    : `expiresAt ${expiresAt} is out of range; it counts seconds since 1970, up to ${LATEST_EXPIRY}, the end of the year 9999`;
}
