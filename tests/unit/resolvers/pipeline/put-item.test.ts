import { expect, it } from 'vitest';
import { ALICE, ANYBODY, EVERYTHING } from '../harness/callers.ts';
import { evaluate, NOW } from '../harness/evaluate.ts';
import {
  BROKEN,
  CONDITION_FAILED,
  LATER,
  stored,
  THROTTLED,
  TIME,
  TRANSACTION_CONFLICT,
} from '../harness/stored.ts';

interface UpdateItem {
  update: { expression: string; expressionNames: object; expressionValues: object };
  condition: { expression: string; expressionNames: object; expressionValues: object };
}

const put = (input: object, stash: object = {}) =>
  evaluate('pipeline/put-item', {
    arguments: { input: { id: 'a', ...input } },
    stash: { id: 'a', caller: ANYBODY, expectedVersion: null, phase: 'write', ...stash },
  }).result as UpdateItem;

/** The clauses of an update expression. Members that an item has besides those of a test are among them. */
function clausesOf({ update: { expression } }: UpdateItem): { set: string[]; remove: string[] } {
  const [set = '', remove = ''] = expression.replace(/^SET /, '').split(' REMOVE ');
  return { set: set.split(/, (?=#)/), remove: remove.split(', ') };
}

it('is one UpdateItem that counts the version and keeps createdAt', () => {
  const request = put({ payload: { n: 1 } });

  expect(clausesOf(request)).toEqual({
    set: [
      '#version = if_not_exists(#version, :zero) + :one',
      '#createdAt = if_not_exists(#createdAt, :time)',
      '#updatedAt = :time',
      '#payload = :payload',
    ],
    remove: expect.arrayContaining(['#expiresAt']) as string[],
  });
  expect(request).toEqual({
    operation: 'UpdateItem',
    key: { id: { S: 'a' } },
    update: {
      expression: expect.any(String) as string,
      expressionNames: expect.objectContaining({
        '#payload': 'payload',
        '#version': 'version',
        '#createdAt': 'createdAt',
        '#updatedAt': 'updatedAt',
        '#expiresAt': 'expiresAt',
      }) as object,
      expressionValues: {
        ':payload': { M: { n: { N: 1 } } },
        ':zero': { N: 0 },
        ':one': { N: 1 },
        ':time': { S: TIME },
      },
    },
    condition: {
      expression: [
        'attribute_not_exists(#kind)', // part: validated-items
        '(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now)',
        'attribute_not_exists(#owner)',
      ].join(' AND '),
      expressionNames: {
        '#kind': 'kind', // part: validated-items
        '#expiresAt': 'expiresAt',
        '#owner': 'owner',
      },
      expressionValues: { ':now': { N: NOW / 1000 } },
    },
  });
});

it.each([
  [0, { N: 0 }],
  [false, { BOOL: false }],
  ['', { S: '' }],
  [null, { NULL: null }],
  [undefined, { NULL: null }],
  [[], { L: [] }],
])('stores the payload %j as %j', (payload, typed) => {
  expect(put({ payload }).update.expressionValues).toMatchObject({ ':payload': typed });
});

it('sets an expiry that is given', () => {
  const request = put({ expiresAt: LATER });

  expect(clausesOf(request).set).toContain('#expiresAt = :expiresAt');
  expect(request.update.expressionValues).toMatchObject({ ':expiresAt': { N: LATER } });
});

it("gives a new item its user as owner and leaves an old item's owner", () => {
  const { update, condition } = put({}, { caller: ALICE });

  expect(update.expression).toContain('#owner = if_not_exists(#owner, :owner)');
  expect(update.expressionValues).toMatchObject({ ':owner': { S: 'alice' } });
  expect(condition.expression).toContain('(attribute_not_exists(#id) OR #owner = :caller)');
  expect(condition.expressionValues).toMatchObject({ ':caller': { S: 'alice' } });
});

it('sets the owner that is given, and removes it for null, by who may do everything', () => {
  const given = clausesOf(put({ owner: 'bob' }, { caller: EVERYTHING }));
  const taken = clausesOf(put({ owner: null }, { caller: EVERYTHING }));

  expect([given.set.includes('#owner = :owner'), given.remove.includes('#owner')]).toEqual([true, false]);
  expect([taken.set.includes('#owner = :owner'), taken.remove.includes('#owner')]).toEqual([false, true]);
});

it('is left to the steps of a batch when it has a token', () => {
  const { result, skipTo } = evaluate('pipeline/put-item', { stash: { phase: 'batch' } });

  expect({ result, skipTo }).toEqual({ result: {}, skipTo: 'NEXT' });
});

it('asks nothing of the owner for who may do everything', () => {
  const { update, condition } = put({}, { caller: EVERYTHING });

  expect(`${update.expression} ${condition.expression}`).not.toContain('owner');
});

it.each([
  ['create only', 0, ' AND attribute_not_exists(#id)', {}],
  ['a version', 3, ' AND #version = :expectedVersion', { ':expectedVersion': { N: 3 } }],
])('puts %s into the condition', (_, expectedVersion, clause, values) => {
  const { condition } = put({}, { expectedVersion, caller: EVERYTHING });

  expect(condition.expression).toContain(clause);
  expect(condition.expressionValues).toMatchObject(values);
});

const respond = (more: object) =>
  evaluate(
    'pipeline/put-item',
    { arguments: { input: { id: 'a', payload: 'text' } }, stash: {}, ...more },
    'response',
  );

it('keeps the item as the answer, and nothing was refused', () => {
  const { stash } = respond({ result: stored() });

  expect(stash).toEqual({ answer: stored(), phase: 'done' });
});

it('leaves a failed condition for the next steps to explain', () => {
  const { result, stash, error } = respond({ error: CONDITION_FAILED });

  expect({ result, error }).toEqual({ result: null, error: undefined });
  expect(stash.phase).toBe('read');
});

it('goes on as a batch of one when a transaction is under way on the item', () => {
  const { stash, error } = respond({ error: TRANSACTION_CONFLICT, info: { fieldName: 'putItem' } });

  expect(error).toBeUndefined();
  expect(stash).toMatchObject({
    phase: 'batch',
    batch: { items: [{ id: 'a', payload: 'text' }], single: true, token: null },
  });
});

it.each([
  [THROTTLED, { errorType: 'Throttled' }],
  [
    BROKEN,
    {
      errorType: 'InternalError',
      errorInfo: { code: 'outcome_unknown', retryable: false },
      message:
        'internal error: the write may have been done; read the item, or send the write again with the same clientRequestToken or expectedVersion',
    },
  ],
  [
    {
      type: 'DynamoDB:DynamoDbException',
      message: 'not allowed (Service: DynamoDb, Status Code: 400, Request ID: 1)',
    },
    {
      errorType: 'InternalError',
      message: 'internal error',
      errorInfo: { code: 'internal_error', retryable: true },
    },
  ],
  [
    {
      type: 'DynamoDB:ValidationException',
      message: 'Item size to update has exceeded the maximum allowed size',
    },
    { errorType: 'BadRequest', errorInfo: { field: 'payload' } },
  ],
  [
    { type: 'DynamoDB:ValidationException', message: 'Nesting Levels have exceeded supported limits' },
    { errorType: 'BadRequest', errorInfo: { field: 'payload' } },
  ],
  [
    { type: 'DynamoDB:DynamoDbException', message: 'Empty attribute name for key :payload' },
    { errorType: 'BadRequest', errorInfo: { field: 'payload' } },
  ],
])('raises %j as %j', (failure, expected) => {
  expect(respond({ error: failure }).error).toMatchObject(expected);
});
