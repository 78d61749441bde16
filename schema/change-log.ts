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

/** Positions in a log are milliseconds since 1970 times this, so that each millisecond has room for as many changes. */
export const POSITIONS_PER_MS = 1000;

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
