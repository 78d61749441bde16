import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataSource } from '../../../../src/data-sources/data-source.ts';
import { createDynamoDbDataSource } from '../../../../src/data-sources/dynamodb/dynamodb.ts';
import { createTables } from '../../../../src/database/create-tables.ts';
import {
  sortedTable,
  startDynamoDb,
  tableModel,
  type TestDynamoDb,
} from '../../database/harness/dynamodb.ts';

let dynamoDb: TestDynamoDb;
let tableName: string;
let items: DataSource;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  const table = tableModel(sortedTable());
  tableName = table.tableName;
  await createTables(dynamoDb.client, [table]);
  items = dataSource(1);
  await fill('a', ['ab', 'Ab', 'ac', 'b', 'z_']);
  await fill('b', ['1', '2', '3']);
});
afterAll(() => dynamoDb.close());

const dataSource = (keyByte: number): DataSource =>
  createDynamoDbDataSource(
    { logicalId: 'Items', name: 'Items', type: 'AMAZON_DYNAMODB', tableName, region: 'us-east-1' },
    {
      client: dynamoDb.client,
      tokenKey: new Uint8Array(32).fill(keyByte),
      invokeLambda: () => Promise.reject(new Error('no Lambda function here')),
    },
  );

async function fill(id: string, sortKeys: string[]): Promise<void> {
  for (const [n, at] of sortKeys.entries()) {
    await dynamoDb.client.call('PutItem', {
      TableName: tableName,
      Item: { id: { S: id }, at: { S: at }, n: { N: String(n) } },
    });
  }
}

interface Page {
  items: { id: string; at: string; n: number }[];
  nextToken: string | null;
  scannedCount: number;
}

async function page(request: object, field = 'Query.list', source = items): Promise<Page> {
  const outcome = await source.invoke(request, { field });
  if (outcome.kind !== 'answered' || outcome.error) {
    throw new Error(JSON.stringify(outcome));
  }
  return outcome.result as Page;
}

const byId = (id: string, more: object = {}) => ({
  operation: 'Query',
  query: { expression: 'id = :id', expressionValues: { ':id': { S: id } } },
  ...more,
});

const withPrefix = (prefix: string) => ({
  operation: 'Query',
  query: {
    expression: '#id = :id AND begins_with(#at, :at)',
    expressionNames: { '#id': 'id', '#at': 'at' },
    expressionValues: { ':id': { S: 'a' }, ':at': { S: prefix } },
  },
});

const INVALID_TOKEN = {
  kind: 'answered',
  result: null,
  error: {
    type: 'DynamoDB:UserIllegalArgumentException',
    message:
      'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
  },
};

test('answers items in key order with null for nextToken on the last page', async () => {
  const result = await page(byId('b'));

  expect(result).toEqual({
    items: [
      { id: 'b', at: '1', n: 0 },
      { id: 'b', at: '2', n: 1 },
      { id: 'b', at: '3', n: 2 },
    ],
    nextToken: null,
    scannedCount: 3,
  });
});

test('answers an empty page as such', async () => {
  const result = await page(byId('nobody'));

  expect(result).toEqual({ items: [], nextToken: null, scannedCount: 0 });
});

test('pages through a query, backwards too', async () => {
  const first = await page(byId('b', { limit: 2, scanIndexForward: false }));
  const second = await page(byId('b', { limit: 2, scanIndexForward: false, nextToken: first.nextToken }));

  expect(first.items.map(({ at }) => at)).toEqual(['3', '2']);
  expect(second.items.map(({ at }) => at)).toEqual(['1']);
  expect(second.nextToken).toBeNull();
});

test('answers a token when the limit is reached though nothing remains', async () => {
  const result = await page(byId('b', { limit: 3 }));

  expect(result.items).toHaveLength(3);
  expect(result.nextToken).not.toBeNull();
});

test('pages through a scan and counts what it read before the filter', async () => {
  const filter = { expression: 'n = :n', expressionValues: { ':n': { N: 0 } } };
  const found: string[] = [];
  let scanned = 0;
  let nextToken: string | null = null;
  do {
    const result = await page({ operation: 'Scan', limit: 3, filter, nextToken });
    found.push(...result.items.map(({ id, at }) => id + at));
    scanned += result.scannedCount;
    nextToken = result.nextToken;
  } while (nextToken);

  expect(found.sort()).toEqual(['aab', 'b1']);
  expect(scanned).toBe(8);
});

test('tells upper and lower case of a key prefix apart, as DynamoDB does', async () => {
  const lower = await page(withPrefix('ab'));
  const upper = await page(withPrefix('A'));
  const underscore = await page(withPrefix('z_'));

  expect(lower.items.map(({ at }) => at)).toEqual(['ab']);
  expect(upper.items.map(({ at }) => at)).toEqual(['Ab']);
  expect(underscore.items.map(({ at }) => at)).toEqual(['z_']);
});

test('tells apart aliases that query, filter and projection share', async () => {
  const result = await page({
    operation: 'Query',
    query: {
      expression: '#e1 = :e1',
      expressionNames: { '#e1': 'id' },
      expressionValues: { ':e1': { S: 'b' } },
    },
    filter: {
      expression: '#e1 >= :e1',
      expressionNames: { '#e1': 'n' },
      expressionValues: { ':e1': { N: 1 } },
    },
    projection: { expression: '#e1', expressionNames: { '#e1': 'at' } },
  });

  expect(result.items).toEqual([{ at: '2' }, { at: '3' }]);
});

test('reads an index of its name only', async () => {
  const outcome = await items.invoke(byId('a', { index: 'nowhere' }), { field: 'Query.list' });

  expect(outcome).toMatchObject({ error: { type: 'DynamoDB:DynamoDbException' } });
});

test('a token looks like AWS’s and tells nothing', async () => {
  const { nextToken } = await page(byId('b', { limit: 1 }));

  const text = Buffer.from(nextToken ?? '', 'base64').toString();

  expect(text.startsWith('{"version":')).toBe(true);
  expect(Buffer.from(JSON.parse(text).token, 'base64').toString('latin1')).not.toContain('"id"');
});

test('a token lasts as long as the key', async () => {
  const { nextToken } = await page(byId('b', { limit: 1 }));

  const restarted = await page(byId('b', { limit: 1, nextToken }), 'Query.list', dataSource(1));
  const foreign = await dataSource(2).invoke(byId('b', { nextToken }), { field: 'Query.list' });

  expect(restarted.items.map(({ at }) => at)).toEqual(['2']);
  expect(foreign).toEqual(INVALID_TOKEN);
});

test('a token of an AppSync function is not another one’s', async () => {
  const { nextToken } = await page(byId('b', { limit: 1 }));

  const outcome = await items.invoke(byId('b', { limit: 1, nextToken }), {
    field: 'Query.list',
    functionId: 'f1',
  });

  expect(outcome).toEqual(INVALID_TOKEN);
});

test.each([
  [
    'a token with a line break',
    (nextToken: string) => byId('b', { nextToken: `${nextToken}\n` }),
    'Query.list',
  ],
  ['a garbled token', () => byId('b', { nextToken: 'eyJ2ZXJzaW9uIjozfQ==' }), 'Query.list'],
  ['an empty token', () => byId('b', { nextToken: '' }), 'Query.list'],
  ['another field', (nextToken: string) => byId('b', { nextToken }), 'Query.other'],
  ['another key condition', (nextToken: string) => byId('a', { nextToken }), 'Query.list'],
  ['another index', (nextToken: string) => byId('b', { nextToken, index: 'other' }), 'Query.list'],
  ['a scan', (nextToken: string) => ({ operation: 'Scan', nextToken }), 'Query.list'],
])('refuses a token for %s', async (_title, request, field) => {
  const { nextToken } = await page(byId('b', { limit: 1 }));

  const outcome = await items.invoke(request(nextToken ?? ''), { field });

  expect(outcome).toEqual(INVALID_TOKEN);
});
