import { isGiven } from '../../model/given.ts';
import { badRequest } from '../../model/refusals.ts';
import type { DateTimeRangeInput } from '../../schema/generated/schema.ts';
import { raise } from './raise.ts';
import { AFTER_ALL, BEFORE_ALL, isFiner, storedBound } from './stored-time.ts';

/** Of all stored times; AFTER_ALL itself is none. */
const LATEST = '9999-12-31T23:59:59.999Z';

/** Two inclusive ends in the form of stored times, which compare as text. */
export type TimeRange = { from: string; to: string };

/**
 * The bounds of all ranges as the two ends of a BETWEEN: an exclusive bound is a millisecond further in. Ends the field for bounds that
 * contradict each other; those between which nothing can be stored find nothing.
 */
export function timeRange(...ranges: (DateTimeRangeInput | null | undefined)[]): TimeRange {
  let from = BEFORE_ALL;
  let to = LATEST;
  let odd = false;
  ranges.forEach((range) => {
    const { ge, gt, le, lt } = range ?? {};
    from = later(later(from, storedBound(ge, true, 0)), storedBound(gt, false, 1));
    to = earlier(earlier(to, storedBound(le, false, 0)), storedBound(lt, true, -1));
    odd = odd || [ge, gt, le, lt].some((time) => isGiven(time) && isFiner(time));
  });
  if (from <= to) {
    return { from, to };
  }
  if (!odd && from !== AFTER_ALL) {
    raise(badRequest('time_range_empty', `updatedAt from ${from} to ${to} contains no time`, 'updatedAt'));
  }
  return { from: AFTER_ALL, to: AFTER_ALL };
}

function later(a: string, b: string | null): string {
  return isGiven(b) && b > a ? b : a;
}

function earlier(a: string, b: string | null): string {
  return isGiven(b) && b < a ? b : a;
}
