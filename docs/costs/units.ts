import { GB, KB, LOG_MONTHS, LOGS_COMPRESSED, SECONDS_A_MONTH, TRACED_BEYOND_FIRST } from './assumptions.ts';
import { cost } from './prices.ts';

/*
 * How AWS measures, in the words of docs/data-model.md, "What each access costs". Sizes are bytes, results units.
 */

/** Write request units of an item: one for each KB begun. */
export const w = (bytes: number): number => Math.max(1, Math.ceil(bytes / KB));

/** Read request units, strongly consistent: one for each 4 KB begun. */
export const r = (bytes: number): number => Math.max(1, Math.ceil(bytes / (4 * KB)));

/** A transaction costs twice. */
export const transactional = (units: number): number => 2 * units;

/** An eventually consistent read costs half. */
export const eventually = (units: number): number => units / 2;

/** Writing an item again costs its index the old row and the new one, because `updatedAt` is a key of it. */
export const moved = (bytes: number): number => 2 * w(bytes);

/** Real-time updates of one message: one for each 5 KB begun. */
export const updates = (bytes: number): number => Math.max(1, Math.ceil(bytes / (5 * KB)));

export const gigabytes = (bytes: number): number => bytes / GB;

/** Dollars of invocations on arm64. */
export const lambda = (invocations: number, seconds: number, gb: number): number =>
  cost('lambdaRequest', invocations) + cost('lambdaArm64', invocations * seconds * gb);

/** Dollars of log text: taken in, and stored as long as log groups keep it. */
export const logged = (bytes: number): number =>
  cost('cloudWatchLogs', gigabytes(bytes)) +
  cost('cloudWatchLogsStored', gigabytes(bytes) * LOGS_COMPRESSED * LOG_MONTHS);

/**
 * Traces that X-Ray's default rule records in a month: the first request of each second, and 5 % of the others [X-Ray Developer
 * Guide, "Configuring sampling rules"]. Requests come at random times, `together` of them at once, so of a second with `r`
 * arrivals on average, `1 - exp(-r)` has one at all.
 */
export function traces(requests: number, together = 1): number {
  const seconds = SECONDS_A_MONTH * (1 - Math.exp(-requests / together / SECONDS_A_MONTH));
  return seconds + TRACED_BEYOND_FIRST * (requests - seconds);
}

/** Dollars of those traces. */
export const traced = (requests: number, together?: number): number =>
  cost('xRayTrace', traces(requests, together));
