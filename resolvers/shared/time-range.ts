import { util } from '@aws-appsync/utils';
import type { DateTimeRangeInput, InputMaybe } from '../../schema/generated/schema.ts';
import { badRequest } from './input.ts';

/** Before and after every time that `util.time.nowISO8601()` writes. */
const EARLIEST = '0000';
const LATEST = '9999-12-31T23:59:59.999Z';

/**
 * The bounds as the two inclusive ends of a BETWEEN. Stored times are UTC with milliseconds and compare as text, so a
 * bound is brought to that form, and an exclusive one is a millisecond further in.
 */
export function timeRange(range: InputMaybe<DateTimeRangeInput> | undefined): { from: string; to: string } {
  const { ge, gt, le, lt } = range ?? {};
  const from = later(stored(ge, 0), stored(gt, 1)) ?? EARLIEST;
  const to = earlier(stored(le, 0), stored(lt, -1)) ?? LATEST;
  if (from > to) {
    badRequest(`updatedAt from ${from} to ${to} holds no time at all`, 'updatedAt');
  }
  return { from, to };
}

function stored(time: string | null | undefined, offsetMs: number): string | null {
  return time
    ? util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds(time) + offsetMs)
    : null;
}

function later(a: string | null, b: string | null): string | null {
  return a && b ? (a > b ? a : b) : (a ?? b);
}

function earlier(a: string | null, b: string | null): string | null {
  return a && b ? (a < b ? a : b) : (a ?? b);
}
