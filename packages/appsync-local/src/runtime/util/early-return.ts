import { isRecord } from '../../ground/record.ts';
import type { HelperTree } from '../helper.ts';
import { HelperFailure, Interruption } from '../interruption.ts';
import type { Javascript } from '../javascript.ts';

/** The namespace `runtime` (developer guide, "Runtime utilities"). */
export function runtimeNamespace(javascript: Javascript): HelperTree {
  const empty = emptyEarlyReturn(javascript);
  return {
    earlyReturn: (value?: unknown, options?: unknown) => {
      throw new Interruption({ kind: 'early', value: value ?? empty(), skipTo: skipTo(options) });
    },
  };
}

/**
 * The result of `runtime.earlyReturn()`, `(null)` and `(undefined)`. The documentation makes the value optional; AppSync was
 * seen to end the field instead, with `errorType` `Code` and the message `Runtime Error`
 * (docs/facts/resolvers.md#early-return-null).
 */
export const emptyEarlyReturn =
  (javascript: Javascript): (() => null) =>
  () => {
    if (javascript === 'plain') {
      return null;
    }
    const error = { message: 'Runtime Error', errorType: 'Code', data: null, errorInfo: null };
    throw new Interruption({ kind: 'raised', error });
  };

/** Where an early return continues. @throws HelperFailure for invalid options */
export function skipTo(options: unknown): 'NEXT' | 'END' {
  const wanted = isRecord(options) ? (options['skipTo'] ?? 'NEXT') : 'NEXT';
  if (wanted !== 'NEXT' && wanted !== 'END') {
    throw new HelperFailure(
      `runtime.earlyReturn takes skipTo "NEXT" or "END", not ${JSON.stringify(wanted)}`,
    );
  }
  return wanted;
}
