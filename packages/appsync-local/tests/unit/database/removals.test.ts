import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createTables } from '../../../src/database/create-tables.ts';
import type { DynamoDbClient } from '../../../src/database/dynamodb-client.ts';
import { startExpirySweeper } from '../../../src/database/expiry-sweeper.ts';
import { createRemovals } from '../../../src/database/removals.ts';
import type { TableModel } from '../../../src/template/app-model.ts';
import { sortedTable, startDynamoDb, tableModel, type TestDynamoDb } from './harness/dynamodb.ts';

let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.close());

interface StreamRecord {
  eventName: string;
  userIdentity?: object;
  dynamodb: { Keys: { id: { S: string } } };
}

/** What the client reads of the table's stream: who did what to which item. */
async function recordsOf(client: DynamoDbClient, { tableName }: TableModel): Promise<unknown[]> {
  const { Streams } = await client.call<{ Streams: { StreamArn: string }[] }>('ListStreams', {
    TableName: tableName,
  });
  const { StreamArn } = Streams[0]!;
  const { StreamDescription } = await client.call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    'DescribeStream',
    { StreamArn },
  );
  const { ShardIterator } = await client.call('GetShardIterator', {
    StreamArn,
    ShardId: StreamDescription.Shards[0]?.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { Records } = await client.call<{ Records: StreamRecord[] }>('GetRecords', { ShardIterator });
  return Records.map(({ eventName, userIdentity, dynamodb }) => [
    eventName,
    dynamodb.Keys.id.S,
    ...(userIdentity ? [userIdentity] : []),
  ]);
}

const SERVICE = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

test('stream records of what was removed one by one name DynamoDB, and no others do', async () => {
  const table = tableModel({
    ...sortedTable(),
    timeToLiveAttribute: 'expiresAt',
    streamViewType: 'NEW_AND_OLD_IMAGES',
  });
  const removals = createRemovals();
  const client = removals.naming(dynamoDb.client);
  await createTables(client, [table]);
  const keyOf = (id: string) => ({ id: { S: id }, at: { S: 'now' } });
  const put = (id: string, expiresAt: string) =>
    client.call('PutItem', {
      TableName: table.tableName,
      Item: { ...keyOf(id), expiresAt: { N: expiresAt } },
    });
  await put('expired', '1700000000');
  await put('deleted', '9999999999');
  await client.call('DeleteItem', { TableName: table.tableName, Key: keyOf('deleted') });
  const sweeper = startExpirySweeper({ client, tables: [table], removing: removals.add, log: () => {} });
  onTestFinished(() => sweeper.stop());

  await sweeper.sweep();

  expect(await recordsOf(client, table)).toEqual([
    ['INSERT', 'expired'],
    ['INSERT', 'deleted'],
    ['REMOVE', 'deleted'],
    ['REMOVE', 'expired', SERVICE],
  ]);
});

test('an item that is written anew and deleted later was deleted by whoever did so', async () => {
  const recordAt = (seconds: number) => ({
    eventName: 'REMOVE',
    dynamodb: { Keys: { id: { S: 'a' } }, ApproximateCreationDateTime: seconds },
  });
  const removals = createRemovals(() => 1_700_000_000_900);
  const Records = [recordAt(1_700_000_000), recordAt(1_700_000_001), recordAt(1_700_000_060)];
  const client = removals.naming({ call: async () => ({ Records }), close: async () => {} } as never);
  removals.add({ id: { S: 'a' } });

  await client.call('GetRecords', {});

  expect(Records.map((record) => 'userIdentity' in record)).toEqual([true, true, false]);
});

test('an item whose removal begins while its record is read is named too', async () => {
  const key = { id: { S: 'gone' }, at: { S: 'now' } };
  const removals = createRemovals();
  const record = {
    eventName: 'REMOVE',
    dynamodb: { Keys: key, ApproximateCreationDateTime: Math.floor(Date.now() / 1000) },
  };
  const engine: DynamoDbClient = {
    call: async <T>() => {
      removals.add(key);
      return { Records: [record] } as T;
    },
    close: () => Promise.resolve(),
  };

  const answer = await removals.naming(engine).call('GetRecords', {});

  expect(answer).toEqual({ Records: [{ ...record, userIdentity: SERVICE }] });
});

test('any other answer is read as the caller says', async () => {
  const engine: DynamoDbClient = {
    call: async <T>(_operation: string, _input: object, read?: (text: string) => T) => read!('{}'),
    close: () => Promise.resolve(),
  };

  const answer = await createRemovals()
    .naming(engine)
    .call('Scan', {}, (text) => `read ${text}`);

  expect(answer).toBe('read {}');
});
