import { util } from '@aws-appsync/utils';
import type { ReadableItem } from './stored-item.ts';

/** What an error shows of items: the one in the way, or of a batch all of them. */
export type Shown = ReadableItem | { items: Shown[] } | null;

/** Why a write is refused, in the shape of a field's error. */
export type Refusal = {
  errorType: string;
  message: string;
  /** For a conflict, the item in the way. */
  data: Shown;
  errorInfo: Record<string, unknown> | null;
};

export function refusal(
  errorType: string,
  message: string,
  errorInfo: Record<string, unknown> | null,
  data?: Shown,
): Refusal {
  return { errorType, message, data: data ?? null, errorInfo };
}

/** Ends the field with the refusal, if there is one. */
export function raise(found: Refusal | null): void {
  if (found) {
    util.error(found.message, found.errorType, found.data, found.errorInfo);
  }
}
