import { expect, it } from 'vitest';
import { EVERYTHING } from '../harness/callers.ts';
import { evaluate } from '../harness/evaluate.ts';
import { stored } from '../harness/stored.ts';

/** The error of a batch that was overtaken in its last round; every stored item is at version 3. */
function overtaken(items: { id: string; expectedVersion?: number }[]) {
  const current = Object.fromEntries(items.map(({ id }) => [`id ${id}`, stored({ id })]));
  const batch = { items, caller: EVERYTHING, current, busy: false, written: null, single: false };
  return evaluate('Mutation.putItems', { stash: { batch } }, 'response').error;
}

const LOST = { code: 'race_lost', retryable: true };
const DIFFERS = { code: 'version_differs', retryable: false };

it('says of each item why, and of the batch what holds for all', () => {
  expect(overtaken([{ id: 'a' }, { id: 'b' }])).toMatchObject({
    errorType: 'Conflict',
    errorInfo: { ...LOST, items: [LOST, LOST] },
  });
  expect(overtaken([{ id: 'a' }, { id: 'b', expectedVersion: 2 }])).toMatchObject({
    errorInfo: { code: 'race_lost', retryable: false, items: [LOST, DIFFERS] },
  });
});
