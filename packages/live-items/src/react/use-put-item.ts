import { useCallback, useState } from 'react';
import type { ItemsStore } from '../items-store.ts';
import type { PutOutcome } from '../put-outcome.ts';
import type { PutInput } from '../write-queue.ts';

export interface PutItemState {
  /** Shows the write at once and sends it; a conflict or a refusal takes it back. Resolves with its outcome, and never rejects. */
  put(input: PutInput): Promise<PutOutcome>;
  /** Whether a write of this component has no outcome yet, for example because there is no network. */
  isPending: boolean;
  /** What became of the last write; null before, and while one is pending. A conflict has `theirs`, the version that stands. */
  outcome: PutOutcome | null;
  /** Forgets the outcome, for example once a user has seen it. */
  reset(): void;
}

/** Writes to a store. */
export function usePutItem(store: ItemsStore): PutItemState {
  const [{ pending, outcome }, setState] = useState<{ pending: number; outcome: PutOutcome | null }>(IDLE);
  const put = useCallback(
    async (input: PutInput) => {
      setState(({ pending: before }) => ({ pending: before + 1, outcome: null }));
      const next = await store.put(input);
      setState(({ pending: before }) => ({ pending: before - 1, outcome: next }));
      return next;
    },
    [store],
  );
  const reset = useCallback(() => setState((state) => ({ ...state, outcome: null })), []);
  return { put, isPending: pending > 0, outcome: pending > 0 ? null : outcome, reset };
}

const IDLE = { pending: 0, outcome: null };
