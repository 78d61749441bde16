import { MAX_REFERENCE_BYTES } from '../constraints.ts';
import { shown } from '../text.ts';
import type { Kind } from './kind.ts';
import { type Located, select } from './pointer.ts';
import { utf8Bytes } from './text.ts';
import type { Violation } from './violation.ts';

/** An id of another item that must exist, and every place in the payload that names it. */
export interface Reference {
  id: string;
  /** JSON Pointers. */
  paths: string[];
}

const located = ({ references }: Kind, payload: unknown): Located[] =>
  references.flatMap((pattern) => select(payload, pattern));

const isUsable = (id: string): boolean => id.trim() !== '' && utf8Bytes(id) <= MAX_REFERENCE_BYTES;

const missingViolation = (path: string, id: string): Violation => ({
  path,
  rule: 'x-references',
  message: `must be the id of an item, there is no item ${shown(id) ?? 'of that id'}`,
});

const tooLongViolation = (path: string, id: string): Violation => ({
  path,
  rule: 'x-references',
  message: `must be an id of at most ${MAX_REFERENCE_BYTES} bytes to be referred to, not of ${utf8Bytes(id)}`,
});

/** References that are blank or too long for the keys that they take: DynamoDB would refuse to look them up. */
export const unusableReferences = (kind: Kind, payload: unknown): Violation[] =>
  located(kind, payload).flatMap(({ pointer, value }) => {
    if (typeof value !== 'string' || isUsable(value)) {
      return [];
    }
    return [value.trim() === '' ? missingViolation(pointer, value) : tooLongViolation(pointer, value)];
  });

/**
 * The items a payload refers to, each once. A value that is no string is for the schema to judge. An item that refers
 * to itself exists once it is written, and DynamoDB takes one action per item and transaction, so that is no reference.
 */
export function referencesOf(kind: Kind, payload: unknown, ownId: string): Reference[] {
  const references = new Map<string, Reference>();
  for (const { pointer, value } of located(kind, payload)) {
    if (typeof value !== 'string' || value === ownId) {
      continue;
    }
    const reference = references.get(value) ?? { id: value, paths: [] };
    references.set(value, { id: value, paths: [...reference.paths, pointer] });
  }
  return [...references.values()];
}

/** One violation per place that names the missing item. */
export const missingViolations = ({ id, paths }: Reference): Violation[] =>
  paths.map((path) => missingViolation(path, id));
