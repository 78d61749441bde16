import { util } from '@aws-appsync/utils';

/**
 * Stored times compare as text, so all have milliseconds: `util.time.nowISO8601()` may leave out those of a whole second,
 * as Java's ISO_INSTANT does, and `Z` sorts after the dot.
 */
const FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

export function storedNow(): string {
  return util.time.nowFormatted(FORMAT);
}

/** A time in the form of stored ones, moved by some milliseconds; null for none. */
export function storedTime(time: string | null | undefined, offsetMs: number): string | null {
  return time
    ? util.time.epochMilliSecondsToFormatted(
        util.time.parseISO8601ToEpochMilliSeconds(time) + offsetMs,
        FORMAT,
      )
    : null;
}
