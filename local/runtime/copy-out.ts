import { setOwn } from './own-member.ts';
import { HelperFailure } from './interruption.ts';

/** Depth at which a value is checked for cycles; JSON this deep is rare enough to pay for the check. */
export const SUSPICIOUS_DEPTH = 100;

/**
 * Copies a value out of a realm with the semantics of JSON: members that are undefined or functions are dropped,
 * `NaN` and the infinities become null, and so does undefined itself.
 *
 * @throws HelperFailure when the value refers to itself
 */
export const copyOut = (value: unknown): unknown => copy(value, 0) ?? null;

/** What a member that is undefined becomes: it is dropped, or null for the helpers that must see it. */
let missing: null | undefined;

/**
 * The same, with null for members that are undefined.
 *
 * @throws HelperFailure when the value refers to itself
 */
export function copyOutWithNulls(value: unknown): unknown {
  missing = null;
  try {
    return copyOut(value);
  } finally {
    missing = undefined;
  }
}

/** In the place of a value that is larger than it may be. */
export const TOO_LARGE = Symbol('too large');

/** UTF-8 takes at most three bytes for one of a string's characters, and JSON six for a control character. */
const MOST_BYTES_PER_CHARACTER = 6;
/** Digits of a double, sign, point and exponent, and the comma after it; braces, brackets and words take fewer. */
const MOST_BYTES_PER_VALUE = 26;

/** No fewer bytes than what has been copied has as JSON: kept beside the copying, which never waits. */
let mostBytes = 0;

/**
 * The same, or `TOO_LARGE` if it takes more than `limit` bytes as JSON. Small values, nearly all, are not rendered for it.
 *
 * @throws HelperFailure when the value refers to itself
 */
export function copyOutWithin(value: unknown, limit: number): unknown {
  mostBytes = 0;
  const copied = copyOut(value);
  return mostBytes > limit && Buffer.byteLength(JSON.stringify(copied)) > limit ? TOO_LARGE : copied;
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    mostBytes += value.length * MOST_BYTES_PER_CHARACTER + 3;
    return value;
  }
  mostBytes += MOST_BYTES_PER_VALUE;
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return value === null ? null : copyObject(value, depth);
    case 'undefined':
      return missing;
    default:
      return undefined;
  }
}

function copyObject(value: object, depth: number): unknown {
  if (depth === SUSPICIOUS_DEPTH) assertNoCycle(value);
  return Array.isArray(value) ? copyList(value as unknown[], depth) : copyMap(value, depth);
}

/** By hand: the list's own methods belong to the realm, which caps them. */
function copyList(list: unknown[], depth: number): unknown[] {
  const out: unknown[] = [];
  for (let index = 0; index < list.length; index += 1) out.push(copy(list[index], depth + 1) ?? null);
  return out;
}

function copyMap(value: object, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    mostBytes += name.length * MOST_BYTES_PER_CHARACTER + 3;
    const member = copy((value as Record<string, unknown>)[name], depth + 1);
    if (member !== undefined) setOwn(out, name, member);
  }
  return out;
}

function assertNoCycle(value: object): void {
  try {
    JSON.stringify(value);
  } catch {
    throw new HelperFailure('The value refers to itself or is nested too deeply to become JSON');
  }
}
