import { GB, KB } from './assumptions.ts';
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
