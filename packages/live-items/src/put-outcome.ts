import { type ApiError, asApiError } from './api-error.ts';
import type { Item } from './item.ts';

/** What became of a write. */
export type PutOutcome =
  | { is: 'written'; item: Item }
  /** Somebody else's version stands: the item as it is now, null where it no longer exists or may not be read. */
  | { is: 'conflict'; theirs: Item | null; error: ApiError }
  /** It can never succeed as it is, and was not written. */
  | { is: 'refused'; error: ApiError }
  /** It may have been written; the item has changed since, so writing it again could undo what others wrote. */
  | { is: 'unknown'; theirs: Item; error: ApiError };

/** What an error says of a write; null: it may still succeed. */
export function outcomeOf(error: unknown): PutOutcome | null {
  const reason = asApiError(error);
  const [first] = reason.errors;
  if (first?.errorType === 'Conflict' && reason.remedy === 'none') {
    return { is: 'conflict', theirs: (first.data ?? null) as Item | null, error: reason };
  }
  return reason.remedy === 'none' ? { is: 'refused', error: reason } : null;
}

/** Whether an item is what a write makes of it: payloads are the same when their values are. */
export function isWritten(item: Item, payload: string | null | undefined): boolean {
  return canonical(item.payload) === canonical(payload);
}

/** JSON text with the members of objects in one order, which the API does not keep. */
function canonical(json: string | null | undefined): string {
  return JSON.stringify(JSON.parse(json ?? 'null'), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
