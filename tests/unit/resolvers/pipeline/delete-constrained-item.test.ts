import { expect, it } from 'vitest';
import { ALICE, EVERYTHING } from '../harness/callers.ts';
import { explain, NOT_ALLOWED, respondTo } from '../harness/refused-write.ts';
import { BROKEN, stored } from '../harness/stored.ts';

const step = 'pipeline/delete-constrained-item';

it('deletes a validated item with the unique values it holds, in one transaction', () => {
  const { result } = explain(step, stored({ kind: 'product', claims: ['product#/sku#1'] }));

  expect(result).toMatchObject({
    operation: 'TransactWriteItems',
    transactItems: [
      {
        table: 'items',
        operation: 'DeleteItem',
        key: { id: { S: 'a' } },
        condition: {
          expression:
            '#version = :version AND #createdAt = :createdAt AND attribute_not_exists(#owner) AND attribute_not_exists(#referenced)',
          expressionValues: { ':version': { N: 3 } },
          returnValuesOnConditionCheckFailure: true,
        },
      },
      {
        table: 'constraints',
        operation: 'DeleteItem',
        key: { pk: { S: 'product#/sku#1' } },
        condition: {
          expression: 'attribute_not_exists(#pk) OR #itemId = :id',
          expressionValues: { ':id': { S: 'a' } },
        },
      },
    ],
  });
});

it('looks who refers to it where anybody ever did, and counts down where it refers to others', () => {
  const { result } = explain(step, stored({ referenced: true, references: ['b'] }));

  expect(result).toMatchObject({
    transactItems: [
      {
        condition: {
          expression: '#version = :version AND #createdAt = :createdAt AND attribute_not_exists(#owner)',
        },
      },
      {
        table: 'constraints',
        operation: 'DeleteItem',
        key: { pk: { S: 'referrers#a' } },
        condition: { expression: 'attribute_not_exists(#pk) OR #referrers <= :none' },
      },
      {
        table: 'constraints',
        operation: 'UpdateItem',
        key: { pk: { S: 'referrers#b' } },
        update: { expression: 'ADD #referrers :by', expressionValues: { ':by': { N: -1 } } },
      },
    ],
  });
});

it("holds to the item's owner, who may change without a version", () => {
  const { result } = explain(step, stored({ kind: 'product', owner: 'alice' }), { caller: ALICE });

  expect(result).toMatchObject({
    transactItems: [
      {
        condition: {
          expression: expect.stringContaining(' AND #owner = :owner'),
          expressionValues: { ':owner': { S: 'alice' } },
        },
      },
    ],
  });
});

const NONE = { type: 'None', message: 'None' };
const FAILED = { type: 'ConditionCheckFailed', message: 'The condition check failed.' };
const cancelled = (cancellationReasons: object[], stash: object) =>
  respondTo(
    step,
    { type: 'DynamoDB:TransactionCanceledException', message: 'm' },
    { keys: null, cancellationReasons },
    stash,
  );

it('says how many refer to it', () => {
  const referrers = { ...FAILED, item: { pk: 'referrers#a', referrers: 2 } };

  const { error } = cancelled([NONE, referrers], {
    caller: EVERYTHING,
    current: stored({ referenced: true }),
  });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    message: 'item a cannot be deleted while 2 items refer to it; delete or change those first',
    errorInfo: { currentVersion: 3, referrers: 2 },
  });
});

it("says nothing, not even how many refer, of an item that has become somebody else's", () => {
  const current = stored({ owner: 'alice', referenced: true });
  const referrers = { ...FAILED, item: { pk: 'referrers#a', referrers: 2 } };

  const { error } = cancelled([{ ...FAILED, item: stored({ owner: 'bob' }) }, referrers], { current });

  expect(error).toEqual(NOT_ALLOWED);
});

it('hands back the item as it is by now', () => {
  const row = stored({ owner: 'alice', version: 4 });

  const { error } = cancelled([{ ...FAILED, item: row }], {
    current: stored({ owner: 'alice', kind: 'k' }),
  });

  expect(error).toMatchObject({ errorType: 'Conflict', data: row, errorInfo: { currentVersion: 4 } });
});

it('answers null for an item that has gone meanwhile', () => {
  const { stash, error } = cancelled([FAILED], { current: stored({ kind: 'product' }) });

  expect(error).toBeUndefined();
  expect(stash).toMatchObject({ answer: null, phase: 'done' });
});

it('is done once more while another transaction is under way', () => {
  const { stash, error } = cancelled([{ type: 'TransactionConflict', message: 'm' }], {
    current: stored({ kind: 'product' }),
  });

  expect(error).toBeUndefined();
  expect(stash.phase).toBe('explain');
});

it('is done once more without the values that another item has taken by now', () => {
  const current = stored({ kind: 'product', claims: ['lost', 'held'], referenced: true });

  const { stash } = cancelled([NONE, NONE, FAILED, NONE], { current });

  expect(stash).toMatchObject({ phase: 'explain', current: { claims: ['held'] } });
});

it.each([
  ['ThrottlingError', 'Throttled'],
  ['ValidationError', 'InternalError'],
])('makes a transaction cancelled by %s %s', (type, errorType) => {
  const { error } = cancelled([{ type, message: 'm' }], { current: stored({ kind: 'product' }) });

  expect(error).toMatchObject({ errorType });
});

it('keeps the item it deleted as the answer', () => {
  const { stash } = respondTo(step, null, null, { current: stored({ kind: 'product' }) });

  expect(stash).toMatchObject({ answer: stored({ kind: 'product' }), phase: 'done' });
});

it('hides another cause', () => {
  expect(respondTo(step, BROKEN, null).error).toMatchObject({ errorType: 'InternalError' });
});
