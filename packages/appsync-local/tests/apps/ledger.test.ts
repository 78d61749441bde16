import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbClient } from '../server/harness/items-table.ts';
import {
  graphql,
  openRealtime,
  printed,
  type ServerProcess,
  startLocal,
  temporaryDirectory,
} from '../server/harness/local-server.ts';
import { synthesize } from './harness/foreign-app.ts';

let assembly: string;
beforeAll(async () => {
  assembly = await synthesize(() => import('./ledger/app.ts'));
});

const PATIENCE_MS = 30_000;

interface Seen {
  entry: string;
  batch: number;
  /** How often it was delivered. */
  times: number;
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
async function seenOf(client: DynamoDBClient, account: string): Promise<Seen[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: 'ledger-seen',
      KeyConditionExpression: 'account = :account',
      ExpressionAttributeValues: { ':account': { S: account } },
    }),
  );
  return Items.map(({ entry, batch, times, record }) => ({
    entry: entry!.S!,
    batch: Number(batch!.N),
    times: Number(times!.N),
    record: JSON.parse(record!.S!) as Seen['record'],
  }));
}

async function waitFor<T>(
  read: () => Promise<T>,
  until: (value: T) => boolean,
  ms = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (until(value) || Date.now() > deadline) {
      return value;
    }
    await sleep(50);
  }
}

const start = (...options: string[]) => startLocal(['--app', assembly, ...options]);
const clientOf = (server: ServerProcess) => dynamoDbClient(printed(server, 'DynamoDB URL'));

const addEntry = (server: ServerProcess, account: string, entry: string, note = '') =>
  graphql(
    server.origin,
    'mutation ($account: ID!, $entry: ID!, $note: String) { addEntry(account: $account, entry: $entry, note: $note) { entry } }',
    { account, entry, note },
  );

const put = (client: DynamoDBClient, account: string, entry: string, more: object = {}) =>
  client.send(
    new PutItemCommand({
      TableName: 'ledger-entries',
      Item: { account: { S: account }, entry: { S: entry }, ...more },
    }),
  );

const entriesOf = (seen: Seen[]): string[] => seen.map(({ entry }) => entry);

describe("a ledger whose table's stream drives Lambda functions", () => {
  it('hands them what GraphQL and an SDK wrote, in order and as AWS sends it', async () => {
    const server = await start('--memory');
    const client = clientOf(server);

    await addEntry(server, 'a', '1');
    await put(client, 'a', '2');
    await put(client, 'a', '1', { note: { S: 'changed' } });
    await client.send(
      new DeleteItemCommand({ TableName: 'ledger-entries', Key: { account: { S: 'a' }, entry: { S: '2' } } }),
    );
    const seen = await waitFor(
      () => seenOf(client, 'a'),
      ({ length }) => length === 4,
    );
    const removed = await waitFor(
      () => seenOf(client, 'removed-a'),
      ({ length }) => length === 1,
    );

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
    const server = await start('--memory');
    const realtime = await openRealtime(server.origin.replace('http', 'ws'));
    await realtime.subscribe('subscription { announced(account: "b") { account text } }');

    await addEntry(server, 'b', '1');

    expect(await realtime.next()).toMatchObject({
      payload: { data: { announced: { account: 'b', text: 'INSERT 1' } } },
    });
  });

  it('delivers in batches while the function is busy, and no write that changed nothing', async () => {
    const server = await start('--memory');
    const client = clientOf(server);
    const ids = Array.from({ length: 30 }, (_, n) => String(n).padStart(2, '0'));

    await put(client, 'c', 'first', { note: { S: 'slow' } });
    await put(client, 'c', 'first', { note: { S: 'slow' } });
    for (const id of ids) {
      await put(client, 'c', id);
    }
    const seen = await waitFor(
      () => seenOf(client, 'c'),
      ({ length }) => length === 31,
    );

    expect(entriesOf(seen)).toEqual(['first', ...ids]);
    expect(Math.max(...seen.map(({ batch }) => batch))).toBe(10);
  });

  it('gives up a poisonous record alone, keeps word of it for the queue, and goes on', async () => {
    const data = temporaryDirectory();
    const server = await start('--data', data);
    const client = clientOf(server);

    await put(client, 'd', '0', { note: { S: 'slow' } });
    for (const [entry, note] of [['1'], ['2', 'poison'], ['3'], ['4', 'crash'], ['5']]) {
      await put(client, 'd', entry!, note ? { note: { S: note } } : {});
    }
    const seen = await waitFor(
      () => seenOf(client, 'd'),
      (found) => entriesOf(found).includes('5'),
    );
    const file = join(data, 'queues', 'ledger-rejected.jsonl');
    const messages = readFileSync(file, 'utf8').trimEnd().split('\n');

    expect(entriesOf(seen)).toEqual(['0', '1', '3', '5']);
    expect(messages.map((text) => JSON.parse(text) as unknown)).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        version: '1.0',
        DDBStreamBatchInfo: { startSequenceNumber: '3', endSequenceNumber: '3', batchSize: 1 },
      },
      {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        responseContext: { functionError: 'Unhandled' },
        DDBStreamBatchInfo: { startSequenceNumber: '5', endSequenceNumber: '5', batchSize: 1 },
      },
    ]);
  });

  it('goes on after kill -9 with what was not handled, and does not repeat the rest', async () => {
    const data = temporaryDirectory();
    const first = await start('--data', data);
    await put(clientOf(first), 'e', '1');
    const before = await waitFor(
      () => seenOf(clientOf(first), 'e'),
      ({ length }) => length === 1,
    );
    await sleep(200); // the answer of the function, and the position on file
    await put(clientOf(first), 'e', '2', { note: { S: 'slow' } });
    await put(clientOf(first), 'e', '3');
    await sleep(300); // while the function is busy with the second

    await first.stop('SIGKILL');
    const second = await start('--data', data);
    const client = clientOf(second);
    const seen = await waitFor(
      () => seenOf(client, 'e'),
      ({ length }) => length === 3,
    );
    await put(client, 'e', '4');
    const all = await waitFor(
      () => seenOf(client, 'e'),
      ({ length }) => length === 4,
    );

    expect(entriesOf(before)).toEqual(['1']);
    expect(entriesOf(seen)).toEqual(['1', '2', '3']);
    expect(entriesOf(all)).toEqual(['1', '2', '3', '4']);
    expect(all[0]!.times).toBe(1);
    const positions = JSON.parse(readFileSync(join(data, 'streams', positionFile(data)), 'utf8')) as {
      shards: Record<string, { after: string }>;
    };
    expect(Object.values(positions.shards)).toEqual([{ after: expect.stringMatching(/^[34]$/) }]);
  });

  it('starts over with --reset', async () => {
    const data = temporaryDirectory();
    const first = await start('--data', data);
    await put(clientOf(first), 'f', '1');
    await waitFor(
      () => seenOf(clientOf(first), 'f'),
      ({ length }) => length === 1,
    );
    await first.stop();

    const second = await start('--data', data, '--reset');
    const client = clientOf(second);
    await put(client, 'f', '2');
    const seen = await waitFor(
      () => seenOf(client, 'f'),
      ({ length }) => length === 1,
    );

    expect(entriesOf(seen)).toEqual(['2']);
    expect(existsSync(join(data, 'queues'))).toBe(false);
  });

  it('tells removal by time to live from any other', { timeout: 150_000 }, async () => {
    const server = await start('--memory');
    const client = clientOf(server);
    await put(client, 'g', 'old', { expires: { N: String(Math.floor(Date.now() / 1000) - 60) } });

    const removed = await waitFor(
      () => seenOf(client, 'removed-g'),
      ({ length }) => length === 1,
      120_000,
    );

    expect(removed.map(({ record }) => [record.eventName, record.userIdentity])).toEqual([
      ['REMOVE', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }],
    ]);
  });
});

/** Of the mapping to the function Follow, which is the first. */
const positionFile = (data: string): string =>
  readdirSync(join(data, 'streams'))
    .filter((name) => name.startsWith('Ledger-FollowDynamo') && name.endsWith('.json'))
    .sort()[0]!;
