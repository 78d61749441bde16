import { setOwn } from '../../ground/own-member.ts';
import { isRecord } from '../../ground/record.ts';
import type { Containers } from '../../runtime/runtime.types.ts';

/** A value in DynamoDB's wire format: exactly one member, numbers as strings, binary as base64. */
export type WireValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { L: WireValue[] }
  | { M: WireMap };

/** An item or key in the wire format. */
export interface WireMap {
  [attribute: string]: WireValue;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is string | number => isString(value) || typeof value === 'number';
const isListOf = <T>(list: unknown, is: (value: unknown) => value is T): list is T[] =>
  Array.isArray(list) && list.every(is);

/**
 * Converts a typed value of a request to the wire format (docs/facts/dynamodb.md#typed-values): accepts JSON numbers under `N`
 * and null under `NULL`, and drops characters outside base64 under `B`. Returns a value that is already in the wire format
 * itself.
 *
 * @returns undefined when it is not a typed value
 */
export function toWire(value: unknown): WireValue | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  let type: string | undefined;
  for (const name in value) {
    if (type !== undefined) {
      return undefined;
    }
    type = name;
  }
  const wire = value as WireValue;
  const content = (value as Record<string, unknown>)[type ?? ''];
  switch (type) {
    case 'S':
      return isString(content) ? wire : undefined;
    case 'N':
      if (isString(content)) {
        return wire;
      }
      return typeof content === 'number' ? { N: String(content) } : undefined;
    case 'B':
      return isString(content) ? { B: base64(content) } : undefined;
    case 'BOOL':
      return typeof content === 'boolean' ? wire : undefined;
    case 'NULL':
      if (content === true) {
        return wire;
      }
      return content === null ? { NULL: true } : undefined;
    case 'SS':
      return isListOf(content, isString) ? wire : undefined;
    case 'NS':
      return isListOf(content, isNumber) ? { NS: content.map(String) } : undefined;
    case 'BS':
      return isListOf(content, isString) ? { BS: content.map(base64) } : undefined;
    case 'L': {
      const list = listToWire(content);
      return list === content ? wire : list && { L: list };
    }
    case 'M': {
      const map = mapToWire(content);
      return map === content ? wire : map && { M: map };
    }
    default:
      return undefined;
  }
}

/** Converts each member like `toWire`. @returns undefined for anything but an object of typed values */
export function mapToWire(value: unknown): WireMap | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const given = value as WireMap;
  let wire = given;
  for (const name of Object.keys(given)) {
    const converted = toWire(given[name]);
    if (converted === undefined) {
      return undefined;
    }
    if (converted === given[name]) {
      continue;
    }
    if (wire === given) {
      wire = { ...given };
    }
    setOwn(wire, name, converted);
  }
  return wire;
}

function listToWire(value: unknown): WireValue[] | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const given = value as WireValue[];
  let wire = given;
  for (const [index, member] of given.entries()) {
    const converted = toWire(member);
    if (converted === undefined) {
      return undefined;
    }
    if (converted === member) {
      continue;
    }
    if (wire === given) {
      wire = [...given];
    }
    wire[index] = converted;
  }
  return wire;
}

/** RFC 2045, section 6.8: characters outside the alphabet are ignored. */
function base64(text: string): string {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64').toString('base64');
}

export const HERE: Containers = { map: () => ({}), list: () => [] };

/**
 * Converts to a plain value: sets become arrays, numbers JavaScript numbers, and binary stays base64
 * (docs/facts/dynamodb.md#plain-results).
 *
 * @param containers create the value
 */
export function fromWire(value: WireValue, containers: Containers): unknown {
  for (const type in value) {
    const content: unknown = value[type as keyof WireValue];
    switch (type) {
      case 'N':
        return Number(content);
      case 'M':
        return mapFromWire(content as WireMap, containers);
      case 'L':
        return listOf(content as WireValue[], (member) => fromWire(member, containers), containers);
      case 'NULL':
        return null;
      case 'NS':
        return listOf(content as string[], Number, containers);
      case 'SS':
      case 'BS':
        return listOf(content as string[], String, containers);
      default: // S, BOOL and B
        return content;
    }
  }
  return undefined;
}

/** Copies by index: a list from elsewhere may have methods of its own. */
function listOf<T>(members: T[], convert: (member: T) => unknown, { list }: Containers): unknown[] {
  const plain = list();
  for (let index = 0; index < members.length; index += 1) {
    plain.push(convert(members[index]!));
  }
  return plain;
}

/**
 * Sorts by name. The embedded engine returns the members of a map in a different order each time; one order makes results
 * alike, and gives V8, which is slow to create shapes, objects of one shape.
 */
export function mapFromWire(map: WireMap, containers = HERE): Record<string, unknown> {
  const plain = containers.map();
  for (const name of Object.keys(map).sort()) {
    setOwn(plain, name, fromWire(map[name] as WireValue, containers));
  }
  return plain;
}

/** An item, or null when DynamoDB returned none. */
export const itemFromWire = (
  item: WireMap | undefined,
  containers?: Containers,
): Record<string, unknown> | null => (item === undefined ? null : mapFromWire(item, containers));
