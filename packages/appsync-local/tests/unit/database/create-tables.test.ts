import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTables } from '../../../src/database/create-tables.ts';
import type { DynamoDbClient } from '../../../src/database/dynamodb-client.ts';
import type { SecondaryIndexModel, TableModel } from '../../../src/template/app-model.ts';
import { sortedTable, startDynamoDb, tableModel, type TestDynamoDb } from './harness/dynamodb.ts';

let dynamoDb: TestDynamoDb;
let client: DynamoDbClient;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  ({ client } = dynamoDb);
});
afterAll(() => dynamoDb.close());

const index = (IndexName: string, name: string, ProjectionType = 'ALL'): SecondaryIndexModel => ({
  IndexName,
  KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
  Projection: { ProjectionType },
});

/** A table with these indexes, each on the attribute of its name. */
const indexed = (table: TableModel, ...indexes: SecondaryIndexModel[]): TableModel => ({
  ...table,
  attributeDefinitions: [
    ...table.attributeDefinitions,
    ...[...new Set(indexes.map(({ KeySchema }) => KeySchema[0]?.AttributeName ?? ''))].map(
      (AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      }),
    ),
  ],
  globalSecondaryIndexes: indexes,
});

interface Description {
  KeySchema: object[];
  BillingModeSummary?: { BillingMode: string };
  GlobalSecondaryIndexes?: { IndexName: string; Projection: object }[];
  LocalSecondaryIndexes?: { IndexName: string }[];
  StreamSpecification?: object;
  LatestStreamArn?: string;
}

const describeTable = async ({ tableName }: TableModel): Promise<Description> =>
  (await client.call<{ Table: Description }>('DescribeTable', { TableName: tableName })).Table;

const timeToLive = async ({ tableName }: TableModel): Promise<unknown> =>
  (await client.call('DescribeTimeToLive', { TableName: tableName })).TimeToLiveDescription;

const put = ({ tableName }: TableModel, item: object) =>
  client.call('PutItem', { TableName: tableName, Item: { id: { S: '1' }, ...item } });

test('creates a table with its keys, indexes, stream and time to live', async () => {
  const table: TableModel = {
    ...indexed(tableModel(sortedTable()), index('byOwner', 'owner'), index('byKind', 'kind', 'KEYS_ONLY')),
    localSecondaryIndexes: [
      {
        IndexName: 'byOwnerWithin',
        KeySchema: [
          { AttributeName: 'id', KeyType: 'HASH' },
          { AttributeName: 'owner', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
      },
    ],
    streamViewType: 'NEW_AND_OLD_IMAGES',
    timeToLiveAttribute: 'expiresAt',
  };

  const [ready] = await createTables(client, [table]);
  const description = await describeTable(table);

  expect(ready).toEqual({
    tableName: table.tableName,
    created: true,
    latestStreamArn: expect.stringContaining('/stream/'),
  });
  expect(description).toMatchObject({
    KeySchema: table.keySchema,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    LocalSecondaryIndexes: [{ IndexName: 'byOwnerWithin' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  expect(description.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
    'byKind',
    'byOwner',
  ]);
  expect(await timeToLive(table)).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
});

test('leaves a table alone that is as the template has it', async () => {
  const table = { ...indexed(tableModel(), index('byOwner', 'owner')), timeToLiveAttribute: 'expiresAt' };
  await createTables(client, [table]);
  await put(table, { a: { S: 'kept' } });
  const before = await describeTable(table);
  const operations: string[] = [];
  const watched: DynamoDbClient = {
    ...client,
    call: (operation, input) => (operations.push(operation), client.call(operation, input)),
  };

  const [ready] = await createTables(watched, [table]);

  expect(ready).toEqual({ tableName: table.tableName, created: false });
  expect(new Set(operations)).toEqual(new Set(['DescribeTable', 'DescribeTimeToLive']));
  expect((await describeTable(table)).KeySchema).toEqual(before.KeySchema);
});

test('adds, removes and remakes global secondary indexes and keeps the items', async () => {
  const bare = tableModel();
  await createTables(client, [indexed(bare, index('gone', 'a'), index('changed', 'b', 'KEYS_ONLY'))]);
  await put(bare, { b: { S: 'b' }, c: { S: 'c' }, more: { S: 'more' } });

  const table = indexed(bare, index('changed', 'b'), index('added', 'c'));
  await createTables(client, [table]);

  const { GlobalSecondaryIndexes = [] } = await describeTable(table);
  expect(GlobalSecondaryIndexes.map(({ IndexName }) => IndexName).sort()).toEqual(['added', 'changed']);
  const found = await client.call<{ Items: object[] }>('Query', {
    TableName: table.tableName,
    IndexName: 'changed',
    KeyConditionExpression: 'b = :b',
    ExpressionAttributeValues: { ':b': { S: 'b' } },
  });
  expect(found.Items).toMatchObject([{ id: { S: '1' }, more: { S: 'more' } }]);
});

test('fills a new index with the items there are, and from then on as they change', async () => {
  const bare = tableModel();
  await createTables(client, [bare]);
  const putOne = (n: number, more: object = {}) =>
    put(bare, { id: { S: `id-${n}` }, kind: { S: 'k' }, rank: { N: String(n) }, ...more });
  // More than the 1 MB of one page, and items that lack a key of the index.
  const filler = { filler: { S: 'x'.repeat(4_000) } };
  const ranks = Array.from({ length: 300 }, (_, n) => (n % 2 === 0 ? n : -n));
  await Promise.all(ranks.map((n) => putOne(n, filler)));
  await put(bare, { id: { S: 'no rank' }, kind: { S: 'k' } });
  await put(bare, { id: { S: 'no kind' }, rank: { N: '1' } });

  const byRank: SecondaryIndexModel = {
    IndexName: 'byRank',
    KeySchema: [
      { AttributeName: 'kind', KeyType: 'HASH' },
      { AttributeName: 'rank', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  };
  const table = indexed(bare, byRank);
  table.attributeDefinitions.push({ AttributeName: 'rank', AttributeType: 'N' });
  await createTables(client, [table]);

  const filled = await ranksIn(table, 'byRank');
  await putOne(299, { rank: { N: '1000' } });
  await client.call('DeleteItem', { TableName: table.tableName, Key: { id: { S: 'id-0' } } });
  const changed = await ranksIn(table, 'byRank');

  const sorted = [...ranks].sort((a, b) => a - b);
  expect(filled).toEqual(sorted);
  expect(changed).toEqual([...sorted.filter((n) => n !== 0), 1000]);
});

/** Ranks of kind `k` in the order of the index. */
async function ranksIn({ tableName }: TableModel, IndexName: string, start?: object): Promise<number[]> {
  const { Items, LastEvaluatedKey } = await client.call<{
    Items: { rank: { N: string } }[];
    LastEvaluatedKey?: object;
  }>('Query', {
    TableName: tableName,
    IndexName,
    KeyConditionExpression: 'kind = :kind',
    ExpressionAttributeValues: { ':kind': { S: 'k' } },
    ...(start && { ExclusiveStartKey: start }),
  });
  const ranks = Items.map(({ rank }) => Number(rank.N));
  return LastEvaluatedKey
    ? [...ranks, ...(await ranksIn({ tableName } as TableModel, IndexName, LastEvaluatedKey))]
    : ranks;
}

test('turns a stream on, changes its view and turns it off', async () => {
  const table = tableModel();
  const states: unknown[] = [];

  for (const streamViewType of [undefined, 'KEYS_ONLY', 'NEW_IMAGE', undefined] as const) {
    const [ready] = await createTables(client, [{ ...table, ...(streamViewType && { streamViewType }) }]);
    states.push([(await describeTable(table)).StreamSpecification, ready?.latestStreamArn !== undefined]);
  }

  expect(states).toEqual([
    [undefined, false],
    [{ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' }, true],
    [{ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' }, true],
    [undefined, false],
  ]);
});

test('changes the attribute that holds the time to live', async () => {
  const table = tableModel();
  await createTables(client, [{ ...table, timeToLiveAttribute: 'a' }]);

  await createTables(client, [{ ...table, timeToLiveAttribute: 'b' }]);
  const changed = await timeToLive(table);
  await createTables(client, [table]);
  const removed = await timeToLive(table);

  expect(changed).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'b' });
  expect(removed).toMatchObject({ TimeToLiveStatus: 'DISABLED' });
});

test('refuses to start when a table has another key, and names both and the way out', async () => {
  const table = tableModel();
  await createTables(client, [table]);

  const created = createTables(client, [{ ...table, ...sortedTable() }]);

  await expect(created).rejects.toMatchObject({
    name: 'StartFailure',
    message:
      `table ${table.tableName} (Table) was made with the key id (S) where the template has id (S), at (S); ` +
      'DynamoDB cannot change that: pass --reset to start over without its items, or --data DIR for another place',
  });
});

test('names the table and its logical id when DynamoDB refuses it', async () => {
  const table = tableModel({ tableName: 'no good!', logicalId: 'Broken' });

  const created = createTables(client, [table]);

  await expect(created).rejects.toMatchObject({
    name: 'StartFailure',
    message: expect.stringMatching(/^table no good! \(Broken\): .*\(ValidationException\)$/),
  });
});

test('leaves tables alone that the template does not have', async () => {
  const [kept, wanted] = [tableModel(), tableModel()];
  await createTables(client, [kept]);

  await createTables(client, [wanted]);

  expect(await describeTable(kept)).toMatchObject({ KeySchema: kept.keySchema });
});
