import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTables } from '../../../src/database/create-tables.ts';
import type { DynamoDbClient } from '../../../src/database/dynamodb-client.ts';
import { leavesExpiredItems, startExpirySweeper } from '../../../src/database/expiry-sweeper.ts';
import type { TableModel } from '../../../src/template/app-model.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { startDynamoDb, tableModel, type TestDynamoDb } from './harness/dynamodb.ts';

let dynamoDb: TestDynamoDb;
let client: DynamoDbClient;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  ({ client } = dynamoDb);
});
afterAll(() => dynamoDb.close());

async function makeTable(): Promise<TableModel> {
  const table = tableModel({ timeToLiveAttribute: 'expiresAt', streamViewType: 'NEW_AND_OLD_IMAGES' });
  await createTables(client, [table]);
  const now = Math.floor(Date.now() / 1000);
  await put(table, 'expired', { N: String(now - 5) });
  await put(table, 'alive', { N: String(now + 600) });
  await put(table, 'text', { S: '1' });
  return table;
}

const put = ({ tableName }: TableModel, id: string, expiresAt: object) =>
  client.call('PutItem', { TableName: tableName, Item: { id: { S: id }, expiresAt } });

async function idsIn({ tableName }: TableModel): Promise<string[]> {
  const { Items } = await client.call<{ Items: { id: { S: string } }[] }>('Scan', { TableName: tableName });
  return Items.map(({ id }) => id.S).sort();
}

interface StreamRecord {
  eventName: string;
  userIdentity?: object;
  dynamodb: object;
}

async function lastRecord({ tableName }: TableModel): Promise<StreamRecord | undefined> {
  const { Streams } = await client.call<{ Streams: { StreamArn: string }[] }>('ListStreams', {
    TableName: tableName,
  });
  const StreamArn = Streams[0]?.StreamArn;
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
  return Records.at(-1);
}

describe.each([
  ['with the engine’s own sweep', () => dynamoDb.engine.sweepExpiredItems],
  ['one by one', () => undefined],
])('%s', (_title, sweepExpiredItems) => {
  test('removes items past their time to live, and no others', async () => {
    const table = await makeTable();
    const sweeper = startExpirySweeper({
      client,
      tables: [table],
      sweepExpiredItems: sweepExpiredItems(),
      log: () => {},
    });
    onTestFinished(() => sweeper.stop());

    const removed = await sweeper.sweep();
    const removedAgain = await sweeper.sweep();

    expect([removed, removedAgain]).toEqual([1, 0]);
    expect(await idsIn(table)).toEqual(['alive', 'text']);
  });
});

test('writes the stream record AWS writes', async () => {
  const table = await makeTable();
  const { sweepExpiredItems } = dynamoDb.engine;
  const sweeper = startExpirySweeper({ client, tables: [table], sweepExpiredItems, log: () => {} });
  onTestFinished(() => sweeper.stop());

  await sweeper.sweep();
  const record = await lastRecord(table);

  expect(record).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    dynamodb: { Keys: { id: { S: 'expired' } }, OldImage: { id: { S: 'expired' } } },
  });
});

test('leaves an item that is given a new time to live while it is looked for', async () => {
  const table = await makeTable();
  const meddling: DynamoDbClient = {
    ...client,
    call: async (operation, input) => {
      if (operation === 'DeleteItem') {
        await put(table, 'expired', { N: '9999999999' });
      }
      return client.call(operation, input);
    },
  };
  const sweeper = startExpirySweeper({ client: meddling, tables: [table], log: () => {} });
  onTestFinished(() => sweeper.stop());

  const removed = await sweeper.sweep();

  expect(removed).toBe(0);
  expect(await idsIn(table)).toContain('expired');
});

test('sweeps by itself, again and again, until it is stopped', async () => {
  const table = await makeTable();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0); // rounds that take no time keep to the interval
  onTestFinished(() => clock.mockRestore());
  const sweeper = startExpirySweeper({ client, tables: [table], intervalMs: 20, log: () => {} });

  await vi.waitFor(async () => expect(await idsIn(table)).toEqual(['alive', 'text']), PATIENCE);
  await put(table, 'expired again', { N: '1700000000' });
  await vi.waitFor(async () => expect(await idsIn(table)).toEqual(['alive', 'text']), PATIENCE);
  sweeper.stop();

  const call = vi.spyOn(client, 'call');
  onTestFinished(() => call.mockRestore());
  await new Promise((later) => setTimeout(later, 100));
  expect(call).not.toHaveBeenCalled();
});

test('waits a hundred times as long as a round took', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const rounds: number[] = [];
  const slow: DynamoDbClient = {
    ...client,
    call: async <T>() => {
      rounds.push(performance.now());
      vi.advanceTimersByTime(50);
      return { Count: 0 } as T;
    },
  };
  const table = tableModel({ timeToLiveAttribute: 'expiresAt' });
  const sweeper = startExpirySweeper({ client: slow, tables: [table], intervalMs: 1000, log: () => {} });
  onTestFinished(() => sweeper.stop());

  await vi.advanceTimersByTimeAsync(6200);

  expect(rounds).toEqual([1000, 6050]);
});

test('looks every 30 seconds by default', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const rounds: number[] = [];
  const empty: DynamoDbClient = {
    ...client,
    call: async <T>() => {
      rounds.push(performance.now());
      return { Count: 0 } as T;
    },
  };
  const table = tableModel({ timeToLiveAttribute: 'expiresAt' });
  const sweeper = startExpirySweeper({ client: empty, tables: [table], log: () => {} });
  onTestFinished(() => sweeper.stop());

  await vi.advanceTimersByTimeAsync(60_000);

  expect(rounds).toEqual([30_000, 60_000]);
});

interface Call {
  operation: string;
  input: { TableName?: string; ExclusiveStartKey?: { id: { N: string } }; Key?: object };
}

/** A client of tables with so many thousand items, and what it is asked. Every page holds 500, and `expired` of them. */
function largeTables(thousands: number, expired: (page: number) => object[] = () => []) {
  const calls: Call[] = [];
  const call = (operation: string, input: Call['input']): object => {
    calls.push({ operation, input });
    if (operation === 'DescribeTable') {
      return { Table: { ItemCount: thousands * 1000 } };
    }
    if (operation !== 'Scan') {
      return {};
    }
    const page = Number(input.ExclusiveStartKey?.id.N ?? 0);
    const isLast = page === thousands * 2 - 1;
    return { Items: expired(page), ...(!isLast && { LastEvaluatedKey: { id: { N: String(page + 1) } } }) };
  };
  const of = (operation: string): Call[] => calls.filter((one) => one.operation === operation);
  return {
    client: { call: async (...args: [string, object]) => call(...args) } as unknown as DynamoDbClient,
    of,
  };
}

const expiringTables = (count: number): TableModel[] =>
  Array.from({ length: count }, () => tableModel({ timeToLiveAttribute: 'expiresAt' }));

test('looks at 10,000 items a round, however many there are, and goes on from there', async () => {
  const { client: large, of } = largeTables(1_000);
  const tables = expiringTables(2);
  const sweeper = startExpirySweeper({ client: large, tables, log: () => {} });
  onTestFinished(() => sweeper.stop());

  await sweeper.sweep();
  const first = of('Scan').length;
  for (let round = 2; round <= 200; round += 1) {
    await sweeper.sweep();
  }
  const scanned = of('Scan').map(({ input }) => `${input.TableName} ${input.ExclusiveStartKey?.id.N ?? 0}`);

  expect(first).toBe(20);
  expect(scanned).toHaveLength(4000);
  expect(new Set(scanned).size).toBe(4000); // 2 tables of 2,000 pages, each looked at once
});

test('looks through small tables once a round', async () => {
  const { client: small, of } = largeTables(2);
  const sweeper = startExpirySweeper({ client: small, tables: expiringTables(3), log: () => {} });
  onTestFinished(() => sweeper.stop());

  await sweeper.sweep();

  expect(of('Scan')).toHaveLength(12);
});

test.each([
  ['has the engine sweep tables of 50,000 items', 25, 1, 0],
  ['removes items one by one from larger ones, which the engine would take too long for', 26, 0, 2],
])('%s', async (_title, thousandsEach, sweeps, deletes) => {
  const { client: large, of } = largeTables(thousandsEach, (page) =>
    page === 3 ? [{ id: { S: 'a' } }] : [],
  );
  const sweepExpiredItems = vi.fn(async () => 1);
  const sweeper = startExpirySweeper({
    client: large,
    tables: expiringTables(2),
    sweepExpiredItems,
    log: () => {},
  });
  onTestFinished(() => sweeper.stop());

  for (let round = 1; round <= (sweeps ? 1 : 5); round += 1) {
    await sweeper.sweep();
  }

  expect(sweepExpiredItems).toHaveBeenCalledTimes(sweeps);
  expect(of('DeleteItem').map(({ input }) => input.Key)).toEqual(Array(deletes).fill({ id: { S: 'a' } }));
});

test('goes on after a failure and reports it', async () => {
  const table = await makeTable();
  const lines: string[] = [];
  let failures = 1;
  const failing: DynamoDbClient = {
    ...client,
    call: (operation, input) =>
      failures-- > 0 ? Promise.reject(new Error('no luck')) : client.call(operation, input),
  };
  const log = (line: string): void => void lines.push(line);
  const sweeper = startExpirySweeper({ client: failing, tables: [table], intervalMs: 10, log });
  onTestFinished(() => sweeper.stop());

  await vi.waitFor(async () => expect(await idsIn(table)).toEqual(['alive', 'text']), PATIENCE);

  expect(lines).toEqual(['expired items were not removed: no luck']);
});

test('knows that dynoxide leaves expired items', async () => {
  expect(await leavesExpiredItems(dynamoDb.engine.endpoint)).toBe(true);
});

test('refuses an endpoint that does not answer', async () => {
  const asked = leavesExpiredItems('http://127.0.0.1:1');

  await expect(asked).rejects.toMatchObject({
    name: 'StartFailure',
    message: 'DynamoDB at http://127.0.0.1:1 does not answer; start it, or pass another --dynamodb-endpoint',
  });
});
