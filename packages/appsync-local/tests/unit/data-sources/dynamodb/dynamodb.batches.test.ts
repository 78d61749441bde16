import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoDbDataSource } from '../../../../src/data-sources/dynamodb/dynamodb.ts';
import { createTables } from '../../../../src/database/create-tables.ts';
import type { DynamoDbClient } from '../../../../src/database/dynamodb-client.ts';
import { startDynamoDb, tableModel, type TestDynamoDb } from '../../database/harness/dynamodb.ts';

let dynamoDb: TestDynamoDb;
const posts = tableModel().tableName;
const authors = tableModel().tableName;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  await createTables(dynamoDb.client, [tableModel({ tableName: posts }), tableModel({ tableName: authors })]);
});
afterAll(() => dynamoDb.close());

const dataSource = (client: DynamoDbClient) =>
  createDynamoDbDataSource(
    { logicalId: 'Posts', name: 'Posts', type: 'AMAZON_DYNAMODB', tableName: posts, region: 'us-east-1' },
    {
      client,
      tokenKey: new Uint8Array(32),
      invokeLambda: () => Promise.reject(new Error('no Lambda function here')),
    },
  );
const invoke = (request: unknown, client = dynamoDb.client) =>
  dataSource(client).invoke(request, { field: 'Mutation.test' });
const item = (id: string, more: object = {}) => ({ id: { S: id }, ...more });
const answered = (result: unknown) => ({ kind: 'answered', result, error: null });
const NOT_FOUND = { type: 'DynamoDB:ResourceNotFoundException', message: expect.any(String) };

/** Stands in for a DynamoDB that leaves the last entry of a batch undone, which the engine never does. */
const throttled = (part: (input: { RequestItems: Record<string, unknown[]> }) => object): DynamoDbClient => ({
  call: async <T>(_operation: string, input: object) =>
    part(input as { RequestItems: Record<string, unknown[]> }) as T,
  close: async () => {},
});

describe('BatchPutItem', () => {
  test('returns the items written, in order, by table', async () => {
    const outcome = await invoke({
      operation: 'BatchPutItem',
      tables: { [posts]: [item('p2', { n: { N: 2 } }), item('p1')], [authors]: [item('a1')] },
    });

    expect(outcome).toEqual(
      answered({
        data: { [posts]: [{ id: 'p2', n: 2 }, { id: 'p1' }], [authors]: [{ id: 'a1' }] },
        unprocessedItems: { [posts]: [], [authors]: [] },
      }),
    );
  });

  test('writes the other tables when one is missing', async () => {
    const outcome = await invoke({
      operation: 'BatchPutItem',
      tables: { nowhere: [item('x')], [posts]: [item('beside')] },
    });
    const written = await invoke({ operation: 'GetItem', key: item('beside') });

    expect(outcome).toEqual({
      kind: 'answered',
      result: {
        data: { nowhere: [null], [posts]: [{ id: 'beside' }] },
        unprocessedItems: { nowhere: [], [posts]: [] },
      },
      error: NOT_FOUND,
    });
    expect(written).toEqual(answered({ id: 'beside' }));
  });

  test('returns null for what DynamoDB left undone, and lists it', async () => {
    const client = throttled(({ RequestItems }) => ({
      UnprocessedItems: { [posts]: RequestItems[posts]?.slice(-1) },
    }));

    const outcome = await invoke(
      { operation: 'BatchPutItem', tables: { [posts]: [item('1'), item('2')] } },
      client,
    );

    expect(outcome).toEqual(
      answered({ data: { [posts]: [{ id: '1' }, null] }, unprocessedItems: { [posts]: [{ id: '2' }] } }),
    );
  });

  test('fails as a whole when an item comes twice', async () => {
    const outcome = await invoke({ operation: 'BatchPutItem', tables: { [posts]: [item('1'), item('1')] } });

    expect(outcome).toMatchObject({ result: null, error: { type: 'DynamoDB:DynamoDbException' } });
  });
});

describe('BatchGetItem', () => {
  const put = (id: string, more: object = {}) =>
    invoke({ operation: 'PutItem', key: item(id), attributeValues: more });

  test('returns items in the order of their keys, null where there is none', async () => {
    await put('g1', { n: { N: 1 } });
    await put('g2', { n: { N: 2 } });

    const keys = [item('g2'), item('missing'), item('g1')];
    const outcome = await invoke({
      operation: 'BatchGetItem',
      tables: { [posts]: { keys, consistentRead: true } },
    });

    expect(outcome).toEqual(
      answered({
        data: { [posts]: [{ id: 'g2', n: 2 }, null, { id: 'g1', n: 1 }] },
        unprocessedKeys: { [posts]: [] },
      }),
    );
  });

  test('keeps the order under a projection that leaves the key out', async () => {
    await put('g3', { n: { N: 3 }, m: { N: 0 } });
    await put('g4', { n: { N: 4 }, m: { N: 0 } });

    const projection = { expression: '#key0', expressionNames: { '#key0': 'n' } };
    const outcome = await invoke({
      operation: 'BatchGetItem',
      tables: { [posts]: { keys: [item('g4'), item('g3')], projection } },
    });

    expect(outcome).toMatchObject({ result: { data: { [posts]: [{ n: 4 }, { n: 3 }] } }, error: null });
    expect(JSON.stringify(outcome)).not.toContain('g3');
  });

  test('keeps the key under a projection that names it', async () => {
    await put('g5', { n: { N: 5 } });

    const projection = { expression: '#i', expressionNames: { '#i': 'id' } };
    const outcome = await invoke({
      operation: 'BatchGetItem',
      tables: { [posts]: { keys: [item('g5')], projection } },
    });

    expect(outcome).toMatchObject({ result: { data: { [posts]: [{ id: 'g5' }] } }, error: null });
  });

  test('returns what it can when one table is missing', async () => {
    await put('g6');

    const outcome = await invoke({
      operation: 'BatchGetItem',
      tables: { [posts]: { keys: [item('g6')] }, nowhere: { keys: [item('1')] } },
    });

    expect(outcome).toEqual({
      kind: 'answered',
      result: {
        data: { [posts]: [{ id: 'g6' }], nowhere: [null] },
        unprocessedKeys: { [posts]: [], nowhere: [] },
      },
      error: NOT_FOUND,
    });
  });

  test('lists keys that DynamoDB left undone', async () => {
    const client = throttled(() => ({ Responses: {}, UnprocessedKeys: { [posts]: { Keys: [item('1')] } } }));

    const outcome = await invoke(
      { operation: 'BatchGetItem', tables: { [posts]: { keys: [item('1')] } } },
      client,
    );

    expect(outcome).toEqual(
      answered({ data: { [posts]: [null] }, unprocessedKeys: { [posts]: [{ id: '1' }] } }),
    );
  });
});

describe('BatchDeleteItem', () => {
  test('returns the keys and removes their items', async () => {
    await invoke({ operation: 'PutItem', key: item('d1') });

    const outcome = await invoke({
      operation: 'BatchDeleteItem',
      tables: { [posts]: [item('d1'), item('d2')] },
    });
    const left = await invoke({ operation: 'GetItem', key: item('d1') });

    expect(outcome).toEqual(
      answered({ data: { [posts]: [{ id: 'd1' }, { id: 'd2' }] }, unprocessedKeys: { [posts]: [] } }),
    );
    expect(left).toEqual(answered(null));
  });

  test('returns null for a missing table', async () => {
    const outcome = await invoke({ operation: 'BatchDeleteItem', tables: { nowhere: [item('1')] } });

    expect(outcome).toEqual({
      kind: 'answered',
      result: { data: { nowhere: [null] }, unprocessedKeys: { nowhere: [] } },
      error: NOT_FOUND,
    });
  });
});

describe('TransactWriteItems', () => {
  test('writes, updates, removes and checks in one, and returns the keys', async () => {
    await invoke({
      operation: 'BatchPutItem',
      tables: { [posts]: [item('t1'), item('t2')], [authors]: [item('t3')] },
    });

    const outcome = await invoke({
      operation: 'TransactWriteItems',
      transactItems: [
        { table: posts, operation: 'PutItem', key: item('t0'), attributeValues: { n: { N: 0 } } },
        {
          table: posts,
          operation: 'UpdateItem',
          key: item('t1'),
          update: { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 } } },
          condition: { expression: 'id = :n', expressionValues: { ':n': { S: 't1' } } },
        },
        { table: posts, operation: 'DeleteItem', key: item('t2') },
        {
          table: authors,
          operation: 'ConditionCheck',
          key: item('t3'),
          condition: { expression: 'attribute_exists(id)' },
        },
      ],
    });
    const after = await invoke({
      operation: 'BatchGetItem',
      tables: { [posts]: { keys: [item('t0'), item('t1'), item('t2')] } },
    });

    expect(outcome).toEqual(
      answered({ keys: [{ id: 't0' }, { id: 't1' }, { id: 't2' }, { id: 't3' }], cancellationReasons: null }),
    );
    expect(after).toMatchObject({
      result: { data: { [posts]: [{ id: 't0', n: 0 }, { id: 't1', n: 1 }, null] } },
    });
  });

  test('says of each item why it was cancelled, with the current item', async () => {
    await invoke({ operation: 'PutItem', key: item('c1'), attributeValues: { n: { N: 7 } } });
    const condition = { expression: 'attribute_not_exists(id)' };

    const outcome = await invoke({
      operation: 'TransactWriteItems',
      transactItems: [
        { table: posts, operation: 'PutItem', key: item('c1'), condition },
        { table: posts, operation: 'PutItem', key: item('c2') },
        {
          table: posts,
          operation: 'DeleteItem',
          key: item('c3'),
          condition: { expression: 'attribute_exists(id)', returnValuesOnConditionCheckFailure: false },
        },
      ],
    });

    expect(outcome).toEqual({
      kind: 'answered',
      result: {
        keys: null,
        cancellationReasons: [
          { item: { id: 'c1', n: 7 }, type: 'ConditionCheckFailed', message: 'The condition check failed.' },
          { type: 'None', message: 'None' },
          { type: 'ConditionCheckFailed', message: 'The condition check failed.' },
        ],
      },
      error: {
        type: 'DynamoDB:TransactionCanceledException',
        message: expect.stringMatching(
          /\[ConditionalCheckFailed, None, ConditionalCheckFailed\] \(Service: DynamoDb, Status Code: 400, Request ID: /,
        ),
      },
    });
  });

  test.each([
    ['an unknown operation', { operation: 'GetItem' }, /\$\[transactItems\]\[0\]\[operation\]/],
    [
      'no table',
      { operation: 'DeleteItem' },
      /^Value for field '\$\[transactItems\]\[0\]\[table\]' not found\.$/,
    ],
    ['a check without condition', { operation: 'ConditionCheck', table: 'T' }, /\[condition\]' not found\.$/],
    [
      'a foreign member',
      { operation: 'DeleteItem', table: 'T', update: {} },
      /^Unsupported element .*\[update\]'\.$/,
    ],
  ])('refuses %s', async (_title, write, message) => {
    const outcome = await invoke({
      operation: 'TransactWriteItems',
      transactItems: [{ key: item('1'), ...write }],
    });

    expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
  });
});

describe('TransactGetItems', () => {
  test('returns items in order, null where there is none', async () => {
    await invoke({ operation: 'PutItem', key: item('x1'), attributeValues: { n: { N: 1 }, m: { N: 2 } } });

    const outcome = await invoke({
      operation: 'TransactGetItems',
      transactItems: [
        { table: posts, key: item('missing') },
        { table: posts, key: item('x1'), projection: { expression: 'n' } },
      ],
    });

    expect(outcome).toEqual(answered({ items: [null, { n: 1 }], cancellationReasons: null }));
  });
});
