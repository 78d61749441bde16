import { MAX_REFERENCE_BYTES } from '../constraints.ts';
import { utf8Bytes } from '../plain/measure.ts';
import type { Violation } from '../refusal-info.ts';
import { shown } from '../text.ts';
import type { Kind } from './kind.ts';
import { type Located, select } from './pointer.ts';

/** An id of another item that must exist, and every place in the payload that names it. */
export interface Reference {
  id: string;
  /** The kind that the item must be of; null for any. */
  kind: string | null;
  /** JSON Pointers. */
  paths: string[];
}

interface Place extends Located {
  kind: string | null;
}

const placesOf = ({ references }: Kind, payload: unknown): Place[] =>
  references.flatMap(({ path, kind }) => select(payload, path).map((located) => ({ ...located, kind })));

const isUsable = (id: string): boolean => id.trim() !== '' && utf8Bytes(id) <= MAX_REFERENCE_BYTES;

const violation = (path: string, message: string): Violation => ({ path, rule: 'x-references', message });

/** An item of another kind, and one that the caller may not read, are refused in the words of a missing one. */
function missingViolation(path: string, id: string, kind: string | null): Violation {
  const item = shown(id) ?? 'of that id';
  return violation(
    path,
    kind === null
      ? `must be the id of an item, there is no item ${item}`
      : `must be the id of an item of kind ${kind}, there is no such item ${item}`,
  );
}

const tooLongViolation = (path: string, id: string): Violation =>
  violation(
    path,
    `must be an id of at most ${MAX_REFERENCE_BYTES} bytes to be referred to, not of ${utf8Bytes(id)}`,
  );

/** References that no item can meet: blank, too long for the keys that they take, or to one item as of two kinds. */
export function unusableReferences(kind: Kind, payload: unknown): Violation[] {
  const kinds = new Map<string, string>();
  return placesOf(kind, payload).flatMap(({ pointer, value, kind: wanted }) => {
    if (typeof value !== 'string') {
      return [];
    }
    if (!isUsable(value)) {
      return [
        value.trim() === '' ? missingViolation(pointer, value, wanted) : tooLongViolation(pointer, value),
      ];
    }
    const other = kinds.get(value) ?? wanted;
    if (wanted !== null) {
      kinds.set(value, other ?? wanted);
    }
    return wanted === null || other === wanted
      ? []
      : [
          violation(
            pointer,
            `must be the id of an item of kind ${wanted}, elsewhere it is one of kind ${other}`,
          ),
        ];
  });
}

/** References of an item to itself as an item of another kind: it exists once it is written, but not as that. */
export const wrongOwnReferences = (kind: Kind, payload: unknown, ownId: string): Violation[] =>
  placesOf(kind, payload)
    .filter(({ value, kind: wanted }) => value === ownId && wanted !== null && wanted !== kind.kind)
    .map(({ pointer, kind: wanted }) => missingViolation(pointer, ownId, wanted));

/**
 * The items a payload refers to, each once. A value that is no string is for the schema to judge. An item that refers
 * to itself exists once it is written, and DynamoDB takes one action per item and transaction, so that is no reference.
 */
export function referencesOf(kind: Kind, payload: unknown, ownId: string): Reference[] {
  const references = new Map<string, Reference>();
  for (const { pointer, value, kind: wanted } of placesOf(kind, payload)) {
    if (typeof value !== 'string' || value === ownId) {
      continue;
    }
    const known = references.get(value);
    references.set(value, {
      id: value,
      kind: known?.kind ?? wanted,
      paths: [...(known?.paths ?? []), pointer],
    });
  }
  return [...references.values()];
}

/** One violation per place that names the missing item. */
export const missingViolations = ({ id, kind, paths }: Reference): Violation[] =>
  paths.map((path) => missingViolation(path, id, kind));
