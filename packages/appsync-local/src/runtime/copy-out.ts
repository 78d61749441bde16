import { setOwn } from '../ground/own-member.ts';
import { HelperFailure } from './interruption.ts';

/** From this depth on, the realm leaves the typing of values to the server (realm-setup.js). */
export const SUSPICIOUS_DEPTH = 100;

/** A value that refers to itself soon reaches this depth. */
const MOST_LEVELS = 1000;

/**
 * Bytes of JSON in one argument of a helper, or in a context: the limit of a Lambda function's response. A list that a value
 * holds twice counts twice.
 */
const LARGEST_BYTES = 6 * 1024 * 1024;

/**
 * Copies a value out of a realm with the semantics of JSON: members that are undefined or functions are dropped,
 * `NaN` and the infinities become null, and so does undefined itself.
 *
 * @throws HelperFailure when the value refers to itself, or its JSON has more than 6 MB
 */
export function copyOut(value: unknown): unknown {
  try {
    return copyBelow(value, LARGEST_BYTES);
  } catch (thrown) {
    throw thrown === OVERSIZED ? new HelperFailure('The value is larger than 6 MB') : explained(thrown);
  }
}

/** Bytes of JSON that `copyOut` copied last, or slightly more. */
export const bytesCopied = (): number => mostBytes;

/** Replaces members that are undefined: undefined drops them, null serves the helpers that must see them. */
let missing: null | undefined;

/**
 * Like `copyOut`, with null for members that are undefined.
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

/** Replaces a value that is larger than allowed. */
export const TOO_LARGE = Symbol('too large');

/** UTF-8 takes at most three bytes for a character of a string, and JSON six for a control character. */
const MOST_BYTES_PER_CHARACTER = 6;
/** The digits of a double, its sign, point and exponent, and the comma after it; braces, brackets and literals take fewer. */
const MOST_BYTES_PER_VALUE = 26;

/** An upper bound of the bytes that the copied value takes as JSON; counted while copying, at no extra pass. */
let mostBytes = 0;

/**
 * Like `copyOut`, or `TOO_LARGE` if the value takes more than `limit` bytes as JSON. Small values, nearly all, need no
 * rendering to know.
 *
 * @throws HelperFailure when the value refers to itself
 */
export function copyOutWithin(value: unknown, limit: number): unknown {
  try {
    const copied = copyBelow(value, limit);
    return mostBytes > limit && Buffer.byteLength(JSON.stringify(copied)) > limit ? TOO_LARGE : copied;
  } catch (thrown) {
    if (thrown === OVERSIZED) {
      return TOO_LARGE;
    }
    throw explained(thrown);
  }
}

const OVERSIZED = Symbol('oversized');
const TOO_DEEP = Symbol('too deep');

/** Creates the error after all levels have been left, so that its stack begins near the calling line. */
const explained = (thrown: unknown): unknown =>
  thrown === TOO_DEEP
    ? new HelperFailure('The value refers to itself or is nested too deeply to become JSON')
    : thrown;

/** A value takes at least two bytes, comma included, and 26 are counted for it. */
const MOST_OVER_LEAST = 13;

/** What `mostBytes` must not exceed. */
let bound = 0;

/** @throws OVERSIZED as soon as the copied part certainly takes more bytes of JSON, TOO_DEEP */
function copyBelow(value: unknown, limit: number): unknown {
  mostBytes = 0;
  bound = (limit + 2) * MOST_OVER_LEAST;
  return copy(value, 0) ?? null;
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
  if (mostBytes > bound) {
    throw OVERSIZED;
  }
  if (depth === MOST_LEVELS) {
    throw TOO_DEEP;
  }
  return Array.isArray(value) ? copyList(value as unknown[], depth) : copyMap(value, depth);
}

/** Copies in a loop: the list's own methods belong to the realm, which limits them. */
function copyList(list: unknown[], depth: number): unknown[] {
  const out: unknown[] = [];
  for (let index = 0; index < list.length; index += 1) {
    out.push(copy(list[index], depth + 1) ?? null);
    if (mostBytes > bound) {
      throw OVERSIZED;
    }
  }
  return out;
}

function copyMap(value: object, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    mostBytes += name.length * MOST_BYTES_PER_CHARACTER + 3;
    const member = copy((value as Record<string, unknown>)[name], depth + 1);
    if (member !== undefined) {
      setOwn(out, name, member);
    }
  }
  return out;
}
