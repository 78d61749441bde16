import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Server, start } from 'appsync-local';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dataOf } from '../harness/answers.ts';
import { subscribe } from '../harness/subscribe.ts';

const data = mkdtempSync(join(tmpdir(), 'ledger-'));
let server: Server;
let client: DynamoDBClient;
beforeAll(async () => {
  // Looks for expired entries ten times a second; the usual 30 seconds would be most of the time of these tests.
  server = await start({ app: import.meta.dirname, data, expirySweepMs: 100 });
  client = new DynamoDBClient({
    endpoint: server.dynamodbUrl,
    region: server.region,
    credentials: server.credentials,
  });
});
afterAll(async () => {
  client?.destroy();
  await server?.close();
  rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** Streams are delivered in their own time. */
const PATIENCE = { timeout: 60_000, interval: 50 };

interface Seen {
  entry: string;
  batch: number;
  record: {
    eventID: string;
    eventName: string;
    eventSourceARN: string;
    awsRegion: string;
    userIdentity?: object;
    dynamodb: { OldImage?: object; SequenceNumber: string };
  };
}

/** What the functions have seen of an account, in the order of the stream. */
async function seenOf(account: string): Promise<Seen[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: 'ledger-seen',
      KeyConditionExpression: 'account = :account',
      ExpressionAttributeValues: { ':account': { S: account } },
    }),
  );
  return Items.map(({ entry, batch, record }) => ({
    entry: entry!.S!,
    batch: Number(batch!.N),
    record: JSON.parse(record!.S!) as Seen['record'],
  }));
}

/** The same, once there are so many. */
const seenWhen = (account: string, count: number): Promise<Seen[]> =>
  vi.waitFor(async () => {
    const seen = await seenOf(account);
    expect(seen).toHaveLength(count);
    return seen;
  }, PATIENCE);

const addEntry = async (account: string, entry: string, note = '') =>
  dataOf(
    await server.graphql(
      'mutation ($account: ID!, $entry: ID!, $note: String) { addEntry(account: $account, entry: $entry, note: $note) { entry } }',
      { account, entry, note },
    ),
  );

const put = (account: string, entry: string, more: object = {}) =>
  client.send(
    new PutItemCommand({
      TableName: 'ledger-entries',
      Item: { account: { S: account }, entry: { S: entry }, ...more },
    }),
  );

/** The local stream counts by ones; that of AWS leaves gaps. */
const numberAfter = ({ record }: Seen): string => String(BigInt(record.dynamodb.SequenceNumber) + 1n);

const entriesOf = (seen: Seen[]): string[] => seen.map(({ entry }) => entry);

describe("a ledger whose table's stream drives Lambda functions", () => {
  it('hands them what GraphQL and an SDK wrote, in order and as AWS sends it', async () => {
    await addEntry('a', '1');
    await put('a', '2');
    await put('a', '1', { note: { S: 'changed' } });
    await client.send(
      new DeleteItemCommand({ TableName: 'ledger-entries', Key: { account: { S: 'a' }, entry: { S: '2' } } }),
    );
    const seen = await seenWhen('a', 4);
    const removed = await seenWhen('removed-a', 1);

    expect(seen.map(({ entry, record }) => [entry, record.eventName])).toEqual([
      ['1', 'INSERT'],
      ['2', 'INSERT'],
      ['1', 'MODIFY'],
      ['2', 'REMOVE'],
    ]);
    expect(new Set(seen.map(({ record }) => record.eventID)).size).toBe(4);
    expect(seen[2]!.record).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:us-east-1:\d{12}:table\/ledger-entries\/stream\/\d{4}-\d\d-\d\dT/,
      ),
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { account: { S: 'a' }, entry: { S: '1' } },
        NewImage: { account: { S: 'a' }, entry: { S: '1' }, note: { S: 'changed' } },
        OldImage: { account: { S: 'a' }, entry: { S: '1' }, note: { S: '' } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(removed.map(({ entry, record }) => [entry, record.eventName])).toEqual([['2', 'REMOVE']]);
  });

  it('lets a function call the API it is told of by GetAtt, signed, so that subscribers hear', async () => {
    const announced = await subscribe(server, 'subscription { announced(account: "b") { account text } }');

    await addEntry('b', '1');

    expect(await announced.next()).toMatchObject({
      data: { announced: { account: 'b', text: 'INSERT 1' } },
    });
    announced.close();
  });

  it('delivers in batches while the function is busy, and no write that changed nothing', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => String(n).padStart(2, '0'));

    await put('c', 'first', { note: { S: 'slow' } });
    await put('c', 'first', { note: { S: 'slow' } });
    for (const id of ids) {
      await put('c', id);
    }
    const seen = await seenWhen('c', 31);

    expect(entriesOf(seen)).toEqual(['first', ...ids]);
    expect(Math.max(...seen.map(({ batch }) => batch))).toBe(10);
  });

  it('gives up a poisonous record alone, keeps word of it for the queue, and goes on', async () => {
    await put('d', '0', { note: { S: 'slow' } });
    for (const [entry, note] of [['1'], ['2', 'poison'], ['3'], ['4', 'crash'], ['5']]) {
      await put('d', entry!, note ? { note: { S: note } } : {});
    }
    const seen = await vi.waitFor(async () => {
      const found = await seenOf('d');
      expect(entriesOf(found)).toContain('5');
      return found;
    }, PATIENCE);
    const file = join(data, 'queues', 'ledger-rejected.jsonl');
    const messages = readFileSync(file, 'utf8').trimEnd().split('\n');

    expect(entriesOf(seen)).toEqual(['0', '1', '3', '5']);
    const [poison, crash] = [numberAfter(seen[1]!), numberAfter(seen[2]!)];
    expect(messages.map((text) => JSON.parse(text) as unknown)).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        version: '1.0',
        DDBStreamBatchInfo: { startSequenceNumber: poison, endSequenceNumber: poison, batchSize: 1 },
      },
      {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        responseContext: { functionError: 'Unhandled' },
        DDBStreamBatchInfo: { startSequenceNumber: crash, endSequenceNumber: crash, batchSize: 1 },
      },
    ]);
  });

  it('tells removal by time to live from any other', async () => {
    await put('g', 'old', { expires: { N: String(Math.floor(Date.now() / 1000) - 60) } });

    const removed = await seenWhen('removed-g', 1);

    expect(removed.map(({ record }) => [record.eventName, record.userIdentity])).toEqual([
      ['REMOVE', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }],
    ]);
  });
});
