import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbClient } from '../server/harness/items-table.ts';
import { printed, startLocal, temporaryDirectory } from '../server/harness/local-server.ts';
import { assemblyOfExample } from './harness/foreign-app.ts';

/** An app whose table's stream drives a Lambda function, which writes what it is told to another table. */
async function start(...options: string[]) {
  const server = await startLocal(['--app', await assemblyOfExample('ledger'), ...options]);
  return { server, client: dynamoDbClient(printed(server, 'DynamoDB URL')) };
}

/** What the function has seen of an account, in the order of the stream, and how often each was delivered. */
async function seenOf(client: DynamoDBClient, account: string): Promise<[entry: string, times: number][]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: 'ledger-seen',
      KeyConditionExpression: 'account = :account',
      ExpressionAttributeValues: { ':account': { S: account } },
    }),
  );
  return Items.map(({ entry, times }) => [entry!.S!, Number(times!.N)]);
}

const entriesOf = async (client: DynamoDBClient, account: string): Promise<string[]> =>
  (await seenOf(client, account)).map(([entry]) => entry);

const put = (client: DynamoDBClient, account: string, entry: string, more: object = {}) =>
  client.send(
    new PutItemCommand({
      TableName: 'ledger-entries',
      Item: { account: { S: account }, entry: { S: entry }, ...more },
    }),
  );

it('a stream goes on after kill -9 with what was not handled, and does not repeat the rest', async () => {
  const data = temporaryDirectory();
  const first = await start('--data', data);
  await put(first.client, 'e', '1');
  await expect.poll(() => entriesOf(first.client, 'e')).toEqual(['1']);
  await sleep(200); // the answer of the function, and the position on file
  await put(first.client, 'e', '2', { note: { S: 'slow' } });
  await put(first.client, 'e', '3');
  await sleep(300); // while the function is busy with the second

  await first.server.stop('SIGKILL');
  const { client } = await start('--data', data);
  await expect.poll(() => entriesOf(client, 'e')).toEqual(['1', '2', '3']);
  await put(client, 'e', '4');

  await expect.poll(() => entriesOf(client, 'e')).toEqual(['1', '2', '3', '4']);
  expect((await seenOf(client, 'e'))[0]).toEqual(['1', 1]);
  const positions = JSON.parse(readFileSync(join(data, 'streams', positionFile(data)), 'utf8')) as {
    shards: Record<string, { after: string }>;
  };
  expect(Object.values(positions.shards)).toEqual([{ after: expect.stringMatching(/^[34]$/) }]);
});

/** Of the mapping to the function Follow, which is the first. */
const positionFile = (data: string): string =>
  readdirSync(join(data, 'streams'))
    .filter((name) => name.startsWith('Ledger-FollowDynamo') && name.endsWith('.json'))
    .sort()[0]!;

it('--reset starts streams over', async () => {
  const data = temporaryDirectory();
  const first = await start('--data', data);
  await put(first.client, 'f', '1');
  await expect.poll(() => entriesOf(first.client, 'f')).toEqual(['1']);
  await first.server.stop();

  const { client } = await start('--data', data, '--reset');
  await put(client, 'f', '2');

  await expect.poll(() => entriesOf(client, 'f')).toEqual(['2']);
  expect(existsSync(join(data, 'queues'))).toBe(false);
});
