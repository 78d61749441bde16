import { util } from '@aws-appsync/utils';
import type { DateTimeRangeInput } from '../../schema/generated/schema.ts';
import { badRequest } from './input.ts';

/** Before and after every time that `util.time.nowISO8601()` writes. */
const EARLIEST = '0000';
const LATEST = '9999-12-31T23:59:59.999Z';

/**
 * The bounds of all ranges as the two inclusive ends of a BETWEEN. Stored times are UTC with milliseconds and compare as text, so a
 * bound is brought to that form, and an exclusive one is a millisecond further in.
 */
export function timeRange(...ranges: (DateTimeRangeInput | null | undefined)[]): {
  from: string;
  to: string;
} {
  let from = EARLIEST;
  let to = LATEST;
  ranges.forEach((range) => {
    const { ge, gt, le, lt } = range ?? {};
    from = later(later(from, storedTime(ge, 0)), storedTime(gt, 1));
    to = earlier(earlier(to, storedTime(le, 0)), storedTime(lt, -1));
  });
  if (from > to) {
    badRequest(`updatedAt from ${from} to ${to} holds no time at all`, 'updatedAt');
  }
  return { from, to };
}

/** A time in the form of stored ones, moved by some milliseconds; null for none. */
export function storedTime(time: string | null | undefined, offsetMs: number): string | null {
  return time
    ? util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds(time) + offsetMs)
    : null;
}

function later(a: string, b: string | null): string {
  return b !== null && b > a ? b : a;
}

function earlier(a: string, b: string | null): string {
  return b !== null && b < a ? b : a;
}
