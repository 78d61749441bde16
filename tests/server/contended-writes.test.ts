import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, createApiClient } from '../../packages/appsync-local/tests/harness/client.ts';
import {
  apiKey,
  type ApiTarget,
  type Credentials,
  type GraphQLResult,
  iam,
} from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice, bob } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  type Call,
  type Input,
  type Meddle,
  meddlingDynamoDb,
  type MeddlingDynamoDb,
  type Refusal,
} from '../../packages/appsync-local/tests/server/harness/meddling-dynamodb.ts';
import {
  DeleteItemDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { memoryTarget } from '../api/harness/memory-target.ts';
import { product } from '../api/harness/product.ts';

/*
 * Writes that others cross, at the worst moment: a transaction is under way on the row, or the item becomes somebody else's between two
 * steps of a write.
 */

let dynamoDb: MeddlingDynamoDb;
let target: ApiTarget;
let api: ApiClient;
const before = { ...process.env };

beforeAll(async () => {
  dynamoDb = await meddlingDynamoDb();
  Object.assign(process.env, {
    API_DYNAMODB_ENDPOINT: dynamoDb.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
  });
  target = await memoryTarget();
  api = createApiClient(target);
});

afterEach(() => {
  dynamoDb.meddle = undefined;
});

afterAll(async () => {
  await target?.close();
  await dynamoDb?.close();
  process.env = before;
});

let count = 0;
const newId = (): string => `item-${(count += 1)}`;

const CONFLICT_OF_ONE: Refusal = {
  name: 'TransactionConflictException',
  message: 'Transaction is ongoing for the item',
};

const conflictIn = ({ TransactItems = [] }: Input): Refusal => ({
  name: 'TransactionCanceledException',
  message:
    'Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]',
  CancellationReasons: TransactItems.map((_, index) =>
    index === 0
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  ),
});

/** Where an operation writes items; undefined where it does not, as what the publisher of changes writes. */
function itemsTableOf(operation: string, { TableName, TransactItems = [] }: Input): string | undefined {
  if (!/^(Put|Update|Delete)Item$|^TransactWriteItems$/.test(operation)) {
    return undefined;
  }
  const tables = [TableName, ...TransactItems.map((action) => (Object.values(action)[0] as Input).TableName)];
  return tables.find((table) => table?.includes('Items'));
}

/** What DynamoDB answers to a write of an item while a transaction is under way on it (API reference, "Errors" of each operation). */
function transactionConflict(operation: string, input: Input): Refusal | undefined {
  if (itemsTableOf(operation, input) === undefined) {
    return undefined;
  }
  return operation === 'TransactWriteItems' ? conflictIn(input) : CONFLICT_OF_ONE;
}

/** The first writes meet a transaction. */
function conflicting(times: number): Meddle {
  let left = times;
  return (operation, input) => {
    const conflict = transactionConflict(operation, input);
    return conflict && (left -= 1) >= 0 ? conflict : undefined;
  };
}

interface Write {
  /** Makes the item that is there before. */
  prepare?: (id: string, caller: Credentials) => Promise<unknown>;
  write: (id: string, caller: Credentials) => Promise<GraphQLResult<unknown>>;
}

const put = (input: object, caller: Credentials) =>
  api.succeed(PutItemDocument, { input: input as never }, caller);
const plain = (id: string, caller: Credentials) => put({ id, payload: '{"n":1}' }, caller);
// part: validated-items
async function kept(id: string, caller: Credentials) {
  await plain(id, caller);
  const payload = JSON.stringify(product({ replaces: id }));
  await api.succeed(
    PutValidatedItemDocument,
    { input: { id: `of-${id}`, kind: 'product', payload } },
    caller,
  );
  await api.succeed(DeleteItemDocument, { input: { id: `of-${id}` } }, caller);
}
const validated = (id: string, caller: Credentials) =>
  api.graphql(
    PutValidatedItemDocument,
    { input: { id, kind: 'product', payload: JSON.stringify(product()) } },
    caller,
  );
// end: validated-items

const WRITES: Record<string, Write> = {
  'putItem of a new item': { write: (id, caller) => api.graphql(PutItemDocument, { input: { id } }, caller) },
  'putItem of an old item': {
    prepare: plain,
    write: (id, caller) => api.graphql(PutItemDocument, { input: { id, expectedVersion: 1 } }, caller),
  },
  'putItem over an expired item': {
    prepare: (id, caller) => put({ id, expiresAt: 1 }, caller),
    write: (id, caller) => api.graphql(PutItemDocument, { input: { id } }, caller),
  },
  'putItem with a token': {
    prepare: plain,
    write: (id, caller) => api.graphql(PutItemDocument, { input: { id, clientRequestToken: id } }, caller),
  },
  putItems: {
    prepare: plain,
    write: (id, caller) => api.graphql(PutItemsDocument, { input: { items: [{ id }] } }, caller),
  },
  'updateItem that merges': {
    prepare: plain,
    write: (id, caller) => api.graphql(UpdateItemDocument, { input: { id, payload: '{"m":2}' } }, caller),
  },
  'updateItem that replaces': {
    prepare: (id, caller) => put({ id, payload: '"text"' }, caller),
    write: (id, caller) => api.graphql(UpdateItemDocument, { input: { id, payload: '{"m":2}' } }, caller),
  },
  deleteItem: {
    prepare: plain,
    write: (id, caller) => api.graphql(DeleteItemDocument, { input: { id } }, caller),
  },
  // part: validated-items
  'deleteItem of an item that others referred to': {
    prepare: kept,
    write: (id, caller) => api.graphql(DeleteItemDocument, { input: { id } }, caller),
  },
  'deleteItem of a validated item': {
    prepare: validated,
    write: (id, caller) => api.graphql(DeleteItemDocument, { input: { id } }, caller),
  },
  'putValidatedItem of a new item': { write: validated },
  'putValidatedItem of an old item': { prepare: validated, write: validated },
  // end: validated-items
};

describe.each(Object.entries(WRITES))('%s', (_, { prepare, write }) => {
  test.each([1, 2])('is done although it meets a transaction, %i times', async (times) => {
    const id = newId();
    await prepare?.(id, apiKey);
    dynamoDb.meddle = conflicting(times);

    const { data, errors } = await write(id, apiKey);

    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain(`"id":"${id}"`);
  });

  test('is Throttled when it meets one at every try, and nothing is written', async () => {
    const id = newId();
    await prepare?.(id, apiKey);
    const stored = await api.graphql(`{ getItem(id: "${id}") { version payload } }`);
    dynamoDb.meddle = conflicting(Infinity);

    const { errors } = await write(id, apiKey);

    expect(errors).toMatchObject([
      { errorType: 'Throttled', data: null, errorInfo: { retryAfterMs: expect.any(Number) } },
    ]);
    dynamoDb.meddle = undefined;
    expect(await api.graphql(`{ getItem(id: "${id}") { version payload } }`)).toEqual(stored);
  });
});

/** Gives the item to bob, with a secret in it, just before a write that looks at the row again. */
function takenOver(id: string, isMoment: (operation: string, writes: number) => boolean): Meddle {
  let writes = 0;
  return async (operation, input, call) => {
    const table = itemsTableOf(operation, input);
    if (table === undefined) {
      return;
    }
    writes += 1;
    if (isMoment(operation, writes)) {
      await giveToBob(call, table, id);
    }
  };
}

/** As a script would, without counting the version. */
const giveToBob = (call: Call, TableName: string, id: string) =>
  call('UpdateItem', {
    TableName,
    Key: { id: { S: id } },
    UpdateExpression:
      'SET #owner = :bob, payload = :secret, #version = if_not_exists(#version, :one), createdAt = if_not_exists(createdAt, :t), updatedAt = :t REMOVE expiresAt',
    ExpressionAttributeNames: { '#owner': 'owner', '#version': 'version' },
    ExpressionAttributeValues: {
      ':bob': { S: 'bob' },
      ':secret': { S: 'the secret of bob' },
      ':one': { N: '1' },
      ':t': { S: '2026-11-29T12:00:00.000Z' },
    },
  });

/** Which of a write's calls it is that finds the item in other hands. */
const MOMENTS: [string, string, (operation: string, writes: number) => boolean][] = [
  ['the only write', 'putItem of an old item', (_, writes) => writes === 1],
  ['the second write', 'putItem over an expired item', (_, writes) => writes === 2],
  ['the transaction', 'putItem with a token', (operation) => operation === 'TransactWriteItems'],
  ['the transaction', 'putItems', (operation) => operation === 'TransactWriteItems'],
  ['the only write', 'updateItem that merges', (_, writes) => writes === 1],
  ['the second write', 'updateItem that replaces', (_, writes) => writes === 2],
  ['the only write', 'deleteItem', (_, writes) => writes === 1],
  // part: validated-items
  [
    'the transaction',
    'deleteItem of an item that others referred to',
    (operation) => operation === 'TransactWriteItems',
  ],
  ['the transaction', 'deleteItem of a validated item', (operation) => operation === 'TransactWriteItems'],
  ['the transaction', 'putValidatedItem of an old item', (operation) => operation === 'TransactWriteItems'],
  // end: validated-items
];

describe.each([
  ['an API key', apiKey],
  ['alice', alice],
])('an item that becomes somebody else’s under the hands of %s', (_, caller) => {
  test.each(MOMENTS)('before %s of %s is refused, and nothing of it shows', async (__, name, isMoment) => {
    const { prepare, write } = WRITES[name]!;
    const id = newId();
    await prepare?.(id, caller);
    dynamoDb.meddle = takenOver(id, isMoment);

    const { errors } = await write(id, caller);

    dynamoDb.meddle = undefined;
    expect(errors).toMatchObject([{ errorType: 'Unauthorized', data: null }]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|bob|[vV]ersion/);
    const after = await api.succeed<{ getItem: object }, never>(
      `{ getItem(id: "${id}") { owner payload } }`,
      undefined,
      admin,
    );
    expect(after.getItem).toEqual({ owner: 'bob', payload: '"the secret of bob"' });
  });

  test('shows who may read all what is there', async () => {
    const { prepare, write } = WRITES['updateItem that replaces']!;
    const id = newId();
    await prepare?.(id, caller);
    dynamoDb.meddle = takenOver(id, (_, writes) => writes === 2);

    const { errors } = await write(id, iam);

    // Whoever may write everything writes over it.
    expect(errors).toBeUndefined();
    expect(bob.user).toBe('bob');
  });
});
