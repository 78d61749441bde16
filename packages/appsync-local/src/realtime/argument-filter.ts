import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../ground/record.ts';
import { valueAt, type Equality, type EventMatcher } from './subscription-filter.ts';

/**
 * Compiles argument filtering, which applies unless an enhanced filter is set: every supplied argument must equal the event's
 * top-level field of that name. A null argument matches only a field that is null or absent; an omitted one sets no condition;
 * input objects do not filter (developer guide, "Using subscription arguments").
 */
export function compileArgumentFilter(args: Record<string, unknown>): EventMatcher {
  const conditions = Object.entries(args)
    .filter(([, value]) => value !== undefined && !isRecord(value))
    .map(([name, expected]) => ({ path: [name], expected }));
  return (event) => conditions.every(({ path, expected }) => equal(valueAt(event, path), expected));
}

/** The equalities that `compileArgumentFilter` requires for the same arguments; lists are compared member by member. */
export const argumentEqualities = (args: Record<string, unknown>): Equality[] =>
  Object.entries(args)
    .filter(([, value]) => value !== undefined && typeof value !== 'object')
    .map(([name, value]) => ({ path: [name], values: [value] }));

const equal = (actual: unknown, expected: unknown): boolean =>
  actual === expected || (Array.isArray(expected) && isDeepStrictEqual(actual, expected));
