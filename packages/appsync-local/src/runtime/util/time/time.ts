import { number, text } from '../../helper-arguments.ts';
import type { HelperTree } from '../../helper.ts';
import { HelperFailure } from '../../interruption.ts';
import { formatEpoch } from './format.ts';
import { parseIso8601, parseToEpoch } from './parse.ts';
import { UTC, zoneNamed } from './zone.ts';
import type { Zone } from './zone.ts';

/** A Date beyond this is invalid (ECMAScript, "Time Values and Time Range"). */
const LAST_EPOCH = 8.64e15;

/** `util.time`. @param now epoch milliseconds */
export const time = (now: () => number): HelperTree => ({
  nowISO8601: () => new Date(now()).toISOString(),
  nowEpochSeconds: () => Math.floor(now() / 1000),
  nowEpochMilliSeconds: () => now(),
  nowFormatted: (pattern: unknown, zone?: unknown) =>
    formatEpoch(now(), text(pattern, 'util.time.nowFormatted'), zoneOr(UTC, zone, 'util.time.nowFormatted')),
  parseFormattedToEpochMilliSeconds: (value: unknown, pattern: unknown, zone?: unknown) => {
    const helper = 'util.time.parseFormattedToEpochMilliSeconds';
    return parseToEpoch(text(value, helper), text(pattern, helper), zoneOr(undefined, zone, helper));
  },
  parseISO8601ToEpochMilliSeconds: (value: unknown) =>
    parseIso8601(text(value, 'util.time.parseISO8601ToEpochMilliSeconds')),
  epochMilliSecondsToSeconds: (value: unknown) =>
    Math.floor(number(value, 'util.time.epochMilliSecondsToSeconds') / 1000),
  epochMilliSecondsToISO8601: (value: unknown) =>
    new Date(epoch(value, 'util.time.epochMilliSecondsToISO8601')).toISOString(),
  epochMilliSecondsToFormatted: (value: unknown, pattern: unknown, zone?: unknown) => {
    const helper = 'util.time.epochMilliSecondsToFormatted';
    return formatEpoch(epoch(value, helper), text(pattern, helper), zoneOr(UTC, zone, helper));
  },
});

function epoch(value: unknown, helper: string): number {
  const milliseconds = Math.trunc(number(value, helper));
  if (Math.abs(milliseconds) > LAST_EPOCH) {
    throw new HelperFailure(`${helper}: ${milliseconds} is not a valid time`);
  }
  return milliseconds;
}

const zoneOr = <Default>(usual: Default, given: unknown, helper: string): Zone | Default =>
  given === undefined || given === null ? usual : zoneNamed(text(given, helper));
