import { expect, it } from 'vitest';
import { ALICE, ANYBODY, EVERYTHING } from '../harness/callers.ts';
import { NOW } from '../harness/evaluate.ts';
import { CHANGED_MEANWHILE, explain, NOT_ALLOWED, respondTo } from '../harness/refused-write.ts';
import { CONDITION_FAILED, EXPIRED, LATER, stored, TIME, TRANSACTION_CONFLICT } from '../harness/stored.ts';

const step = 'pipeline/recreate-item';

// part: validated-items
it('sends a validated item to putValidatedItem', () => {
  expect(explain(step, stored({ kind: 'product' })).error).toMatchObject({
    message: 'item a is a validated item of kind product; write it with putValidatedItem',
    errorType: 'BadRequest',
  });
});
// end: validated-items

it('cannot explain an item that may be written: somebody was faster', () => {
  expect(explain(step, stored()).error).toEqual(CHANGED_MEANWHILE);
});

it('says that there is no item of the expected version', () => {
  expect(explain(step, null, { expectedVersion: 2 }).error).toMatchObject({
    message: 'item a was expected at version 2, but there is no such item',
    data: null,
    errorInfo: { expectedVersion: 2, currentVersion: 0 },
  });
});

it.each([
  ['an expired item', stored({ expiresAt: EXPIRED, owner: 'bob' })],
  ['a missing item', null],
])('makes %s anew at version 1, unless somebody is faster', (_, current) => {
  const { result } = explain(step, current, { caller: ALICE }, { expiresAt: LATER });

  expect(result).toEqual({
    operation: 'PutItem',
    key: { id: { S: 'a' } },
    attributeValues: {
      payload: { M: { n: { N: 2 } } },
      version: { N: 1 },
      createdAt: { S: TIME },
      updatedAt: { S: TIME },
      expiresAt: { N: LATER },
      owner: { S: 'alice' },
    },
    condition: {
      expression: 'attribute_not_exists(#id) OR #expiresAt <= :now',
      expressionNames: { '#id': 'id', '#expiresAt': 'expiresAt' },
      expressionValues: { ':now': { N: NOW / 1000 } },
    },
  });
});

it('hands back the item of who was faster', () => {
  const { error } = respondTo(step, CONDITION_FAILED, stored(), { caller: EVERYTHING });

  expect(error).toEqual(CHANGED_MEANWHILE);
});

it.each([ANYBODY, ALICE])("does not hand back somebody else's to %j", (caller) => {
  const { error } = respondTo(step, CONDITION_FAILED, stored({ owner: 'bob' }), { caller });

  expect(error).toEqual(NOT_ALLOWED);
});

it('leaves the item to the rounds of a batch while a transaction is under way on it', () => {
  const { stash, error } = respondTo(step, TRANSACTION_CONFLICT, null);

  expect(error).toBeUndefined();
  expect(stash).toMatchObject({ phase: 'batch', batch: { single: true, token: null, unread: ['a'] } });
});
