import { isRecord } from '../../ground/record.ts';
import { intrinsicName } from '../intrinsics.ts';
import type { JsonObject } from '../json.ts';

/** Lists that a resource replaces rather than extends (samtranslator 1.115.0, plugins/globals/globals.py). */
const REPLACED = ['Architectures'];

/**
 * Merges a section of `Globals` into the properties of one resource: the resource's values win, maps are merged member by member,
 * and lists are joined, those of `Globals` first (SAM specification, "Globals").
 */
export function withGlobals(globals: JsonObject, properties: JsonObject): JsonObject {
  const names = new Set([...Object.keys(globals), ...Object.keys(properties)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      REPLACED.includes(name) && name in properties
        ? properties[name]
        : merged(globals[name], properties[name]),
    ]),
  );
}

/** @param ignored the resource's `IgnoreGlobals`: `*`, or names of properties */
export function globalsFor(globals: unknown, ignored: unknown): JsonObject {
  if (!isRecord(globals) || ignored === '*') {
    return {};
  }
  const names = Array.isArray(ignored) ? ignored : [];
  return Object.fromEntries(Object.entries(globals).filter(([name]) => !names.includes(name)));
}

function merged(global: unknown, local: unknown): unknown {
  if (local === undefined) {
    return global;
  }
  if (Array.isArray(global) && Array.isArray(local)) {
    return [...(global as unknown[]), ...(local as unknown[])];
  }
  return isMap(global) && isMap(local) ? withGlobals(global, local) : local;
}

/** An intrinsic function is a value, not a map to merge. */
const isMap = (value: unknown): value is JsonObject => isRecord(value) && intrinsicName(value) === undefined;
