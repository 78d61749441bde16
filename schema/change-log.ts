/*
 * What the publisher that writes the log of changes and the resolver that reads it have in common (docs/change-feed.md). No import
 * and no syntax that APPSYNC_JS lacks, for both bundle it.
 */

/**
 * Changes of items that belong to nobody are spread over these logs by a hash of the id, those of owned items over as many
 * more. One log takes what one partition does; to take more, add numbers: readers find new logs by themselves.
 */
export const LOG_NUMBERS = [0, 1, 2, 3];

/** How long a change is kept. */
export const KEPT_DAYS = 7;
export const KEPT_MS = KEPT_DAYS * 24 * 3600 * 1000;

/**
 * A row outlives the 7 days by an hour: for so long a cursor that is as old as that when it is given still leads on, and no row is missing
 * when its successor names it.
 */
export const GRACE_MS = 3600 * 1000;

/** Positions in a log are milliseconds since 1970 times this, so that each millisecond has room for as many changes. */
export const POSITIONS_PER_MS = 1000;

/** Positions are texts that compare as their numbers do, so all have 16 digits: enough until the year 2286. */
const NO_DIGITS = '0000000000000000';

/** @param digits of a whole number from 0 on */
export function positionOf(digits: string): string {
  return NO_DIGITS.slice(digits.length) + digits;
}

/** Changes of items that belong to nobody. */
export function openLog(number: number): string {
  return `open#${number}`;
}

/** Changes of owned items, whoever owns them: what admins and IAM callers read. */
export function ownedLog(number: number): string {
  return `owned#${number}`;
}

/** The changes of one owner's items once more, for that owner. */
export function ownerLog(owner: string): string {
  return `owner#${owner}`;
}

/** Where the last position of a log is kept. */
export function counterLog(log: string): string {
  return `counter#${log}`;
}
