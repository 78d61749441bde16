import { valueAt } from '../model/kinds/pointer.ts';

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a reference within a schema leads to, a pointer (`#/$defs/word`) or an anchor (`#word`); undefined where it leads nowhere. */
export function targetOf(root: JsonObject, reference: string): unknown {
  if (!reference.startsWith('#')) {
    return undefined;
  }
  const fragment = decodeURIComponent(reference.slice(1));
  return fragment === '' || fragment.startsWith('/') ? valueAt(root, fragment) : anchored(root, fragment);
}

function anchored(value: unknown, anchor: string): unknown {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if ((value as JsonObject)['$anchor'] === anchor) {
    return value;
  }
  for (const member of Object.values(value)) {
    const found = anchored(member, anchor);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
