import { conflict, type Refusal, unauthorized } from './answer.ts';
import { type Caller, mayWrite } from './caller.ts';
import type { PutInput } from './check-input.ts';
import type { StoredItem } from './item.ts';
import { readableBy } from './readable-item.ts';

function describe(id: string, expected: number, current: StoredItem | undefined): string {
  if (!current) {
    return `item "${id}" does not exist, expectedVersion is ${expected}`;
  }
  if (expected === 0) {
    return `item "${id}" exists already in version ${current.version}, expectedVersion is 0 (create only)`;
  }
  return `item "${id}" is in version ${current.version}, expectedVersion is ${expected}`;
}

function checkVersion(
  { id, expectedVersion }: PutInput,
  caller: Caller,
  current: StoredItem | undefined,
  now: number,
): Refusal | null {
  const currentVersion = current?.version ?? 0;
  const expected = expectedVersion ?? null;
  if (expected === null || expected === currentVersion) {
    return null;
  }
  const versions = { expectedVersion: expected, currentVersion };
  return conflict(describe(id, expected, current), versions, readableBy(caller, current, now));
}

/**
 * Whether the caller may write over the live item there is now, and whether it is the version it expects; null when both.
 * Ownership comes first: only who may write an item learns its version.
 *
 * @param now epoch milliseconds
 */
export const checkCurrent = (
  input: PutInput,
  caller: Caller,
  current: StoredItem | undefined,
  now: number,
): Refusal | null =>
  current && !mayWrite(caller, current) ? unauthorized() : checkVersion(input, caller, current, now);
