import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { insertRows } from '../../transfer/import/tables.ts';
import { Pace } from '../../transfer/pace.ts';

const failing =
  (name: string, more: object = {}) =>
  async (): Promise<never> => {
    throw Object.assign(new Error('as said'), { name, ...more });
  };

test('what nobody answers ends the run in one line that says how to go on', async () => {
  const called = new Pace(1).call(failing('Error', { code: 'ECONNREFUSED' }));

  await expect(called).rejects.toMatchObject({
    name: 'TransferFailure',
    message: 'DynamoDB no longer answers: as said (Error); fix that, then run the same command again',
  });
});

test.each(['ExpiredTokenException', 'InvalidSignatureException', 'TokenProviderError'])(
  'credentials that do not hold end the run at once, in one line: %s',
  async (name) => {
    const called = new Pace(1).call(failing(name));

    await expect(called).rejects.toMatchObject({
      name: 'TransferFailure',
      message: expect.stringMatching(/^DynamoDB no longer allows the calls: as said \(\w+\); /),
    });
  },
);

test('a mistake of ours stays what it is', async () => {
  const called = new Pace(1).call(failing('ValidationException'));

  await expect(called).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a call that is throttled for too long ends the run', async () => {
  const called = new Pace(1, 60).call(failing('ProvisionedThroughputExceededException'));

  await expect(called).rejects.toMatchObject({
    name: 'TransferFailure',
    message: expect.stringMatching(/^DynamoDB has throttled every call for /),
  });
});

const rows = ['a', 'b', 'c'].map((id) => ({ id: { S: id } }));

/** @param passing how many statements of each call are taken */
const clientOf = (passing: number): DynamoDBClient =>
  ({
    send: async ({ input }: { input: { Statements: object[] } }) => ({
      Responses: input.Statements.map((_, index) =>
        index < passing ? {} : { Error: { Code: 'ProvisionedThroughputExceeded' } },
      ),
    }),
  }) as unknown as DynamoDBClient;

const insertInto = (client: DynamoDBClient, patienceMs: number) =>
  insertRows(
    { client, isLocal: false, items: 'items', constraints: 'constraints', pace: new Pace(1, patienceMs) },
    rows,
  );

test('a batch of which every statement is throttled for too long ends the run', async () => {
  await expect(insertInto(clientOf(0), 60)).rejects.toThrow(/throttled every call/);
});

test('a batch of which some statements go through is gone on with', async () => {
  await expect(insertInto(clientOf(1), 60)).resolves.toEqual(['created', 'created', 'created']);
});
