import { isGiven } from './input.ts';

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
