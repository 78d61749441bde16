import { expect, it } from 'vitest';
import { ALICE } from '../harness/callers.ts';
import { CHANGED_MEANWHILE, explain, NOT_ALLOWED } from '../harness/refused-write.ts';
import { EXPIRED, stored } from '../harness/stored.ts';

const step = 'pipeline/explain-delete';

it('has nothing to do where the item is gone already', () => {
  const ended = { result: {}, skipTo: 'END', stash: { answer: null, phase: 'done' } };

  expect(explain(step, null)).toMatchObject(ended);
  expect(explain(step, stored({ expiresAt: EXPIRED }))).toMatchObject(ended);
});

it('refuses, without a word of it, an item of somebody else', () => {
  expect(explain(step, stored({ owner: 'bob' }), { caller: ALICE }).error).toEqual(NOT_ALLOWED);
});

it('names the version there is', () => {
  expect(explain(step, stored(), { expectedVersion: 2 }).error).toMatchObject({
    errorType: 'Conflict',
    message: 'item a was expected at version 2, but it is at version 3',
  });
});

it('says that others were faster where nothing else speaks against the delete', () => {
  expect(explain(step, stored()).error).toMatchObject(CHANGED_MEANWHILE);
});

// part: validated-items
it.each([{ kind: 'product' }, { referenced: true }])('leaves an item with %j to the next step', (more) => {
  const { result, skipTo, stash, error } = explain(step, stored(more));

  expect([result, skipTo, stash.phase, error]).toEqual([{}, 'NEXT', 'explain', undefined]);
});
// end: validated-items

it('waits for its turn', () => {
  expect(explain(step, null, { phase: 'write' })).toMatchObject({ result: {}, skipTo: 'NEXT' });
});
