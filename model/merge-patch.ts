import { isGiven } from './given.ts';
import { MAX_MERGED_MEMBERS } from './limits.ts';
import { badRequest, type Refusal } from './refusals.ts';

/** True for a JSON object, whose members are merged; every other value replaces what it is merged into (RFC 7396). */
export function isMergePatch(patch: unknown): patch is Record<string, unknown> {
  return typeof patch === 'object' && isGiven(patch) && !Array.isArray(patch);
}

/** What a patch makes of a payload that is no object: the patch without the members that are to be removed. */
export function mergedIntoNothing(patch: Record<string, unknown>): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  Object.keys(patch).forEach((name) => {
    if (isGiven(patch[name])) {
      merged[name] = patch[name];
    }
  });
  return merged;
}

/** A patch has more members than one write merges. Null for others. */
export function mergeRefusal(patch: unknown): Refusal | null {
  const members = isMergePatch(patch) ? Object.keys(patch).length : 0;
  return members > MAX_MERGED_MEMBERS
    ? badRequest(
        'too_many_members',
        `payload has ${members} members to merge; at most ${MAX_MERGED_MEMBERS} are allowed`,
        'payload',
      )
    : null;
}

/** An update is to create an item. Null for others. */
export function createOnlyRefusal(expectedVersion: number | null | undefined): Refusal | null {
  return expectedVersion === 0
    ? badRequest(
        'expected_version_zero',
        'expectedVersion is 0, which means create only; updateItem changes items that exist',
        'expectedVersion',
      )
    : null;
}
