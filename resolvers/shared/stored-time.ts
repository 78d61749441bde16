import { util } from '@aws-appsync/utils';
import type { Moment } from '../../model/next-item.ts';

/**
 * Stored times compare as text, so all have milliseconds: `util.time.nowISO8601()` may leave out those of a whole second,
 * as Java's ISO_INSTANT does, and `Z` sorts after the dot.
 */
const FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

export function storedNow(): string {
  return util.time.nowFormatted(FORMAT);
}

/** The time of a write. */
export function moment(): Moment {
  return { now: util.time.nowEpochSeconds(), time: storedNow() };
}

/** Texts before and after every stored time. */
export const BEFORE_ALL = '0000';
export const AFTER_ALL = ':';

/** 1 January of the year 0 and the end of the year 9999, in epoch milliseconds: stored years have four digits. */
const FIRST_MS = -62167219200000;
const LAST_MS = 253402300799999;

/** More digits than milliseconds have, some of them not 0. */
const FINER = '^[^.]*\\.[0-9]{3}[0-9]*[1-9][0-9]*[^0-9].*$';

/** Whether a bound lies between two times that can be stored. */
export function isFiner(time: string): boolean {
  return util.matches(FINER, time);
}

/**
 * A bound in the form of stored times, moved by some milliseconds; null for none. One between two stored times becomes the later of them
 * if it is rounded up. Years that no stored time has are told by their text: their milliseconds need not be numbers.
 */
export function storedBound(
  time: string | null | undefined,
  roundsUp: boolean,
  offsetMs: number,
): string | null {
  if (!time) {
    return null;
  }
  if (time.startsWith('-')) {
    return BEFORE_ALL;
  }
  if (util.matches('^[+][0-9]*[1-9][0-9]{4}-.*$', time)) {
    return AFTER_ALL;
  }
  const rounded = roundsUp && isFiner(time) ? 1 : 0;
  const epochMs = util.time.parseISO8601ToEpochMilliSeconds(time) + offsetMs + rounded;
  if (epochMs < FIRST_MS || epochMs > LAST_MS) {
    return epochMs < FIRST_MS ? BEFORE_ALL : AFTER_ALL;
  }
  return util.time.epochMilliSecondsToFormatted(epochMs, FORMAT);
}
