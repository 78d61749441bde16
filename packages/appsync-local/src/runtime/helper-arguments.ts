import { isRecord } from '../ground/record.ts';
import { HelperFailure } from './interruption.ts';

/** @throws HelperFailure unless `value` is a string */
export function text(value: unknown, helper: string): string {
  if (typeof value !== 'string') {
    throw wrongType(value, helper, 'a string');
  }
  return value;
}

/** @throws HelperFailure unless `value` is a finite number */
export function number(value: unknown, helper: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw wrongType(value, helper, 'a number');
  }
  return value;
}

/** @throws HelperFailure unless `value` is an object that is not a list */
export function map(value: unknown, helper: string): Record<string, unknown> {
  if (!isRecord(value)) {
    throw wrongType(value, helper, 'an object');
  }
  return value;
}

/** @throws HelperFailure unless `value` is a list */
export function list(value: unknown, helper: string): unknown[] {
  if (!Array.isArray(value)) {
    throw wrongType(value, helper, 'a list');
  }
  return value as unknown[];
}

/** Own members that JSON keeps: those that are not undefined. */
export const members = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

/** Looks up a row by a name from any source: `constructor` is not a row. */
export const own = <Row>(table: Record<string, Row>, name: string): Row | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const wrongType = (value: unknown, helper: string, wanted: string) =>
  new HelperFailure(`${helper} takes ${wanted}, not ${shown(value)}`);

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? kind(value) : String(value);

const kind = (value: object | null): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
