import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Action, TransactWriteItem } from '../../../../functions/put-validated-item/plan.ts';
import { makePut } from '../../../../functions/put-validated-item/put.ts';
import { transact } from '../../../../functions/put-validated-item/transact.ts';
import { ADMIN } from '../harness/put-setup.ts';

/*
 * What the embedded engine never answers: throttling, TransactionConflict. The reasons are as in the API reference,
 * TransactWriteItems, "Errors".
 */

const claim = { pk: 'unique#thing#/code#1', path: '/code', value: 1 };
const reference = { id: 'other', kind: null, paths: ['/parent'] };
const entry: TransactWriteItem = { Put: { TableName: 'Items', Item: {} } };
const ACTIONS: Action[] = [
  { does: 'put', entry },
  { does: 'claim', claim, entry },
  { does: 'release', pk: 'old', entry },
  { does: 'require', reference, entry },
];

/** Only `send` of a client is used. */
const clientThat = (send: (command: object) => Promise<object>): DynamoDBDocumentClient =>
  ({ send }) as unknown as DynamoDBDocumentClient;

const failingWith = (error: Error) => clientThat(() => Promise.reject(error));

const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });

const NONE = { Code: 'None' };
const FAILED = { Code: 'ConditionalCheckFailed' };
const CONFLICT = { Code: 'TransactionConflict' };

const named = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

describe('a cancelled transaction', () => {
  test.each<[string, CancellationReason[], object]>([
    ['the row changed', [FAILED, NONE, NONE, NONE], { type: 'raced', lost: [], busy: false }],
    [
      'the row changed and a value is taken',
      [FAILED, FAILED, NONE, NONE],
      { type: 'raced', lost: [], busy: false },
    ],
    [
      'another transaction is at work on a value',
      [NONE, CONFLICT, NONE, NONE],
      { type: 'raced', lost: [], busy: true },
    ],
    [
      'the row changed and another transaction is at work',
      [FAILED, CONFLICT, NONE, NONE],
      { type: 'raced', lost: [], busy: false },
    ],
    [
      'another transaction is at work on a claim to release',
      [NONE, NONE, CONFLICT, NONE],
      { type: 'raced', lost: [], busy: true },
    ],
    [
      'a claim to release is somebody else’s',
      [NONE, NONE, FAILED, NONE],
      { type: 'raced', lost: ['old'], busy: false },
    ],
    ['the table is throttled', [NONE, FAILED, { Code: 'ThrottlingError' }, NONE], { type: 'throttled' }],
    [
      'capacity is used up',
      [{ Code: 'ProvisionedThroughputExceeded' }, NONE, NONE, NONE],
      { type: 'throttled' },
    ],
    [
      'the item is too large',
      [
        { Code: 'ValidationError', Message: 'Item size has exceeded the maximum allowed size' },
        NONE,
        NONE,
        NONE,
      ],
      { type: 'too large' },
    ],
    [
      'a value is taken and a reference is missing',
      [NONE, { ...FAILED, Item: { itemId: { S: 'holder' } } }, NONE, FAILED],
      { type: 'refused', taken: [{ claim, holder: 'holder' }], missing: [reference] },
    ],
  ])('%s', async (_, reasons, expected) => {
    const outcome = await transact(ACTIONS, failingWith(cancelled(...reasons)));

    expect(outcome).toEqual(expected);
  });

  test('for a reason that is our own mistake is thrown', async () => {
    const error = cancelled({ Code: 'ValidationError', Message: 'no such index' }, NONE, FAILED, NONE);

    await expect(transact(ACTIONS, failingWith(error))).rejects.toBe(error);
  });
});

test.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
  'the exception %s is throttling',
  async (name) => {
    expect(await transact(ACTIONS, failingWith(named(name)))).toEqual({ type: 'throttled' });
  },
);

test('any other exception is thrown', async () => {
  await expect(transact(ACTIONS, failingWith(named('AccessDeniedException')))).rejects.toThrow();
});

describe('a put', () => {
  const kind = { kind: 'thing', schema: {}, validate: () => true, unique: [], references: [], rules: [] };

  /** A table that holds version 3 and fails every transaction. */
  function contended(reason: CancellationReason) {
    const sent: string[] = [];
    const client = clientThat((command) => {
      if (command instanceof GetCommand) {
        sent.push('read');
        return Promise.resolve({ Item: { id: 'a', version: 3, createdAt: 'c', updatedAt: 'u' } });
      }
      sent.push('write');
      return Promise.reject(cancelled(reason));
    });
    const put = makePut({ client, items: 'Items', constraints: 'Constraints' }, new Map([['thing', kind]]));
    return { put, sent };
  }

  test.each([undefined, 3])(
    'with expectedVersion %s gives up after six attempts with a Conflict',
    async (expectedVersion) => {
      const { put, sent } = contended(FAILED);

      const answer = await put({ id: 'a', kind: 'thing', expectedVersion }, ADMIN);

      expect(sent).toEqual(Array.from({ length: 6 }, () => ['read', 'write']).flat());
      expect(answer).toMatchObject({
        error: {
          errorType: 'Conflict',
          data: { id: 'a', version: 3 },
          errorInfo: { expectedVersion: expectedVersion ?? null, currentVersion: 3 },
        },
      });
    },
  );

  test('that meets other transactions at all six attempts is told to come back', async () => {
    const { put, sent } = contended(CONFLICT);

    const answer = await put({ id: 'a', kind: 'thing', expectedVersion: 3 }, ADMIN);

    expect(sent).toHaveLength(12);
    expect(answer).toMatchObject({
      error: { errorType: 'Throttled', data: null, errorInfo: { retryAfterMs: expect.any(Number) } },
    });
  });

  test('that is throttled says when to come back', async () => {
    const { put } = contended({ Code: 'ThrottlingError' });

    const answer = await put({ id: 'a', kind: 'thing' }, ADMIN);

    expect(answer).toMatchObject({
      error: { errorType: 'Throttled', errorInfo: { retryAfterMs: expect.any(Number) as number } },
    });
  });
});
