import { HelperFailure, Interruption } from '../interruption.ts';
import type { HelperTree } from '../realm.ts';
import { isMap } from './arguments.ts';

/** The namespace `runtime` (developer guide, "Runtime utilities"). */
export const runtimeNamespace: HelperTree = {
  earlyReturn: (value?: unknown, options?: unknown) => {
    throw new Interruption({ kind: 'early', value: value ?? null, skipTo: skipTo(options) });
  },
};

/** Where an early return goes on. @throws HelperFailure for options that are none */
export function skipTo(options: unknown): 'NEXT' | 'END' {
  const wanted = isMap(options) ? (options['skipTo'] ?? 'NEXT') : 'NEXT';
  if (wanted !== 'NEXT' && wanted !== 'END') {
    throw new HelperFailure(
      `runtime.earlyReturn takes skipTo "NEXT" or "END", not ${JSON.stringify(wanted)}`,
    );
  }
  return wanted;
}
