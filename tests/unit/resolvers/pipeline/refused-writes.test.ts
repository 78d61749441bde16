import { describe, expect, it } from 'vitest';
import { ALICE, ANYBODY, EVERYTHING } from '../callers.ts';
import { evaluate, NOW } from '../evaluate.ts';
import { BROKEN, CONDITION_FAILED, EXPIRED, LATER, stored, TIME } from '../stored.ts';

const env = { ITEMS_TABLE: 'items', CONSTRAINTS_TABLE: 'constraints' };

/** A step that explains a refused write, on the item as it was read. */
const explain = (name: string, current: unknown, stash: object = {}, input: object = {}) =>
  evaluate(name, {
    env,
    arguments: { input: { id: 'a', payload: { n: 2 }, ...input } },
    stash: { id: 'a', caller: EVERYTHING, expectedVersion: null, refused: true, current, ...stash },
  });

const changedMeanwhile = {
  errorType: 'Conflict',
  message: 'item a was changed by another writer; try again',
  data: stored(),
  errorInfo: { expectedVersion: null, currentVersion: 3 },
};

describe('read-item', () => {
  it('ends the pipeline after a write that was not refused', () => {
    const context = { stash: { refused: false } };

    expect(evaluate('pipeline/read-item', context)).toMatchObject({ result: {}, skipTo: 'END' });
  });

  it('reads the item after a refusal, and keeps it for the next step', () => {
    const { result } = evaluate('pipeline/read-item', { stash: { refused: true, id: 'a' } });
    const { stash } = evaluate('pipeline/read-item', { result: stored() }, 'response');

    expect(result).toEqual({ operation: 'GetItem', key: { id: { S: 'a' } }, consistentRead: true });
    expect(stash.current).toEqual(stored());
  });
});

describe.each(['recreate-item', 'replace-payload', 'delete-constrained-item'])('%s', (name) => {
  const step = `pipeline/${name}`;

  it("says nothing of somebody else's item but that it is not the caller's", () => {
    const { error } = explain(step, stored({ owner: 'bob' }), { caller: ALICE, expectedVersion: 1 });

    expect(error).toEqual({
      message: 'not allowed to write item a',
      errorType: 'Unauthorized',
      data: null,
      errorInfo: null,
    });
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
    const { error } = evaluate(
      step,
      {
        stash: { id: 'a', caller: EVERYTHING, expectedVersion: null },
        error: CONDITION_FAILED,
        result: stored(),
      },
      'response',
    );

    expect(error).toEqual(changedMeanwhile);
  });

  it("does not hand back somebody else's", () => {
    const { error } = evaluate(
      step,
      {
        stash: { id: 'a', caller: ANYBODY, expectedVersion: null },
        error: CONDITION_FAILED,
        result: stored({ owner: 'bob' }),
      },
      'response',
    );

    expect(error).toMatchObject({ errorType: 'Unauthorized', data: null });
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

describe('delete-constrained-item', () => {
  const step = 'pipeline/delete-constrained-item';

  it('has nothing to do where the item is gone already', () => {
    expect(explain(step, null)).toMatchObject({ result: {}, skipTo: 'NEXT' });
    expect(explain(step, stored({ expiresAt: EXPIRED }))).toMatchObject({ result: {} });
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
              '#version = :version AND #createdAt = :createdAt AND attribute_not_exists(#referenced)',
            expressionValues: { ':version': { N: 3 } },
          },
        },
        {
          table: 'constraints',
          operation: 'DeleteItem',
          key: { pk: { S: 'product#/sku#1' } },
          condition: {
            expression: 'attribute_not_exists(#itemId) OR #itemId = :id',
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
        { condition: { expression: '#version = :version AND #createdAt = :createdAt' } },
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

  it('says how many refer to it', () => {
    const { error } = evaluate(
      step,
      {
        stash: { id: 'a', expectedVersion: null, current: stored({ referenced: true }) },
        error: { type: 'DynamoDB:TransactionCanceledException', message: 'm' },
        result: {
          keys: null,
          cancellationReasons: [
            { type: 'None', message: 'None' },
            { type: 'ConditionCheckFailed', message: 'm', item: { pk: 'referrers#a', referrers: 2 } },
          ],
        },
      },
      'response',
    );

    expect(error).toMatchObject({
      errorType: 'Conflict',
      message: 'item a cannot be deleted while 2 items refer to it; delete or change those first',
      errorInfo: { currentVersion: 3, referrers: 2 },
    });
  });

  const respond = (error: Record<string, unknown> | null) =>
    evaluate(
      step,
      { stash: { id: 'a', expectedVersion: null, current: stored({ kind: 'product' }) }, error },
      'response',
    );

  it('keeps the item it deleted as the answer', () => {
    expect(respond(null).stash).toHaveProperty('answer', stored({ kind: 'product' }));
  });

  it('conflicts when the transaction was cancelled', () => {
    const cancelled = { type: 'DynamoDB:TransactionCanceledException', message: 'm' };

    expect(respond(cancelled).error).toMatchObject({ errorType: 'Conflict' });
  });

  it('hides another cause', () => {
    expect(respond(BROKEN).error).toMatchObject({ errorType: 'InternalError' });
  });
});
