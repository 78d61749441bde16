import { describe, expect, it } from 'vitest';
import { ALICE, ANYBODY, EVERYTHING } from '../callers.ts';
import { evaluate, NOW } from '../evaluate.ts';
import { BROKEN, CONDITION_FAILED, EXPIRED, LATER, stored, TIME, TRANSACTION_CONFLICT } from '../stored.ts';

const env = { ITEMS_TABLE: 'items', CONSTRAINTS_TABLE: 'constraints' };

/** A step that explains a refused write, on the item as it was read. */
const explain = (name: string, current: unknown, stash: object = {}, input: object = {}) =>
  evaluate(name, {
    env,
    arguments: { input: { id: 'a', payload: { n: 2 }, ...input } },
    stash: { id: 'a', caller: EVERYTHING, expectedVersion: null, phase: 'explain', current, ...stash },
  });

const changedMeanwhile = {
  errorType: 'Conflict',
  message: 'item a was changed by another writer; try again',
  data: stored(),
  errorInfo: { expectedVersion: null, currentVersion: 3 },
};

const NOT_ALLOWED = {
  message: 'not allowed to write item a',
  errorType: 'Unauthorized',
  data: null,
  errorInfo: null,
};

const BUSY = { errorType: 'Throttled', errorInfo: { retryAfterMs: 1000 } };

/** A step's response to a failure, with what the data source knows of the item by now. */
const respondTo = (
  name: string,
  error: { type: string; message: string } | null,
  result: unknown,
  stash: object = {},
) =>
  evaluate(
    name,
    {
      arguments: { input: { id: 'a', payload: { n: 2 } } },
      info: { fieldName: 'putItem' },
      stash: { id: 'a', caller: ALICE, expectedVersion: null, phase: 'explain', ...stash },
      error,
      result,
    },
    'response',
  );

describe('read-item', () => {
  it('ends the pipeline after a write that was not refused', () => {
    const context = { stash: { phase: 'done' } };

    expect(evaluate('pipeline/read-item', context)).toMatchObject({ result: {}, skipTo: 'END' });
  });

  it('gives up a write that met a transaction at every try', () => {
    expect(evaluate('pipeline/read-item', { stash: { phase: 'write' } }).error).toMatchObject(BUSY);
  });

  it('reads the item after a refusal, and keeps it for the next step', () => {
    const { result } = evaluate('pipeline/read-item', { stash: { phase: 'read', id: 'a' } });
    const { stash } = evaluate('pipeline/read-item', { result: stored() }, 'response');

    expect(result).toEqual({ operation: 'GetItem', key: { id: { S: 'a' } }, consistentRead: true });
    expect(stash).toEqual({ current: stored(), phase: 'explain' });
  });
});

describe.each(['recreate-item', 'replace-payload', 'delete-constrained-item'])('%s', (name) => {
  const step = `pipeline/${name}`;

  it("says nothing of somebody else's item but that it is not the caller's", () => {
    const { error } = explain(step, stored({ owner: 'bob' }), { caller: ALICE, expectedVersion: 1 });

    expect(error).toEqual(NOT_ALLOWED);
  });

  it.each([
    ['done', 'END'],
    ['batch', 'NEXT'],
  ])('has nothing to do in phase %s', (phase, skipTo) => {
    expect(explain(step, stored(), { phase })).toMatchObject({ result: {}, skipTo });
  });

  it('hands back the current item when the version differs', () => {
    const { error } = explain(step, stored(), { expectedVersion: 2 });

    expect(error).toEqual({
      message: 'item a was expected at version 2, but it is at version 3',
      errorType: 'Conflict',
      data: stored(),
      errorInfo: { expectedVersion: 2, currentVersion: 3 },
    });
  });
});

describe('recreate-item', () => {
  const step = 'pipeline/recreate-item';

  it('sends a validated item to putValidatedItem', () => {
    expect(explain(step, stored({ kind: 'product' })).error).toMatchObject({
      message: 'item a is a validated item of kind product; write it with putValidatedItem',
      errorType: 'BadRequest',
    });
  });

  it('cannot explain an item that may be written: somebody was faster', () => {
    expect(explain(step, stored()).error).toEqual(changedMeanwhile);
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

    expect(error).toEqual(changedMeanwhile);
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
});

describe('replace-payload', () => {
  const step = 'pipeline/replace-payload';

  it.each([
    ['a missing', null],
    ['an expired', stored({ expiresAt: EXPIRED })],
  ])('finds nothing to update in %s item', (_, current) => {
    expect(explain(step, current).error).toMatchObject({
      errorType: 'NotFound',
      message: 'there is no item a to update',
    });
  });

  it('replaces a payload that is no object, without the members to remove', () => {
    const { result } = explain(step, stored({ payload: 'text' }), {}, { payload: { n: 2, gone: null } });

    expect(result).toMatchObject({
      operation: 'UpdateItem',
      update: {
        expression: 'SET #version = #version + :one, #updatedAt = :time, #payload = :payload',
        expressionValues: { ':payload': { M: { n: { N: 2 } } } },
      },
      condition: {
        expression: expect.stringMatching(
          / AND attribute_exists\(#id\).* AND NOT attribute_type\(#payload, :map\)$/,
        ),
        expressionValues: { ':map': { S: 'M' } },
      },
    });
  });

  it.each([
    ['an object is merged in one write', { n: 2 }, { n: 1 }],
    ['any other value replaces in one write', 5, 'text'],
  ])('has nothing to explain where %s: somebody was faster', (_, payload, current) => {
    const { error } = explain(step, stored({ payload: current }), {}, { payload });

    expect(error).toMatchObject({ errorType: 'Conflict', errorInfo: { currentVersion: 3 } });
  });
});

describe('replace-payload, when the item changes between the two writes', () => {
  const step = 'pipeline/replace-payload';

  it.each([ANYBODY, ALICE])("says nothing of an item that has become somebody else's to %j", (caller) => {
    const { error } = respondTo(step, CONDITION_FAILED, stored({ owner: 'bob' }), { caller });

    expect(error).toEqual(NOT_ALLOWED);
  });

  it('finds nothing to update in an item that has gone', () => {
    expect(respondTo(step, CONDITION_FAILED, null).error).toMatchObject({
      errorType: 'NotFound',
      data: null,
    });
  });

  it('hands back what the caller may read', () => {
    const { error } = respondTo(step, CONDITION_FAILED, stored({ owner: 'alice' }));

    expect(error).toMatchObject({ errorType: 'Conflict', data: stored({ owner: 'alice' }) });
  });

  it('is done once more while a transaction is under way on the item', () => {
    const { stash, error } = respondTo(step, TRANSACTION_CONFLICT, null);

    expect(error).toBeUndefined();
    expect(stash.phase).toBe('explain');
  });
});

describe('delete-constrained-item', () => {
  const step = 'pipeline/delete-constrained-item';

  it('has nothing to do where the item is gone already', () => {
    const ended = { result: {}, skipTo: 'END', stash: { answer: null, phase: 'done' } };

    expect(explain(step, null)).toMatchObject(ended);
    expect(explain(step, stored({ expiresAt: EXPIRED }))).toMatchObject(ended);
  });

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
});
