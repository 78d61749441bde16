import { HelperFailure } from './interruption.ts';

/** Depth at which a value is checked for cycles; JSON this deep is rare enough to pay for the check. */
const SUSPICIOUS_DEPTH = 100;

/**
 * Copies a value out of a realm with the semantics of JSON: members that are undefined or functions are dropped,
 * `NaN` and the infinities become null, and so does undefined itself.
 *
 * @throws HelperFailure when the value refers to itself
 */
export const copyOut = (value: unknown): unknown => copy(value, 0) ?? null;

function copy(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return value === null ? null : copyObject(value, depth);
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
    const member = copy((value as Record<string, unknown>)[name], depth + 1);
    if (member !== undefined) define(out, name, member);
  }
  return out;
}

function define(out: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') out[name] = value;
  else Object.defineProperty(out, name, { value, writable: true, enumerable: true, configurable: true });
}

function assertNoCycle(value: object): void {
  try {
    JSON.stringify(value);
  } catch {
    throw new HelperFailure('The value refers to itself or is nested too deeply to become JSON');
  }
}
