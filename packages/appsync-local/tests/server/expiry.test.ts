import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbClient, itemsTable } from './harness/items-table.ts';
import { printed, putItem, startLocal } from './harness/local-server.ts';

/** The server looks every 30 s, less often when it has much to do. */
const SWEPT_WITHIN_MS = 90_000;
const TIME_LIMIT_MS = SWEPT_WITHIN_MS + 60_000;

it(
  'removes items from the table once they are past their expiresAt, and no others',
  async () => {
    const server = await startLocal(['--memory']);
    const client = dynamoDbClient(printed(server, 'DynamoDB URL'));
    const TableName = await itemsTable(client);
    const ids = async (): Promise<(string | undefined)[]> =>
      ((await client.send(new ScanCommand({ TableName }))).Items ?? []).map(({ id }) => id?.S).sort();
    const now = Math.floor(Date.now() / 1000);
    await putItem(server.origin, 'stays');
    await putItem(server.origin, 'stays-a-day', { expiresAt: now + 86_400 });
    await putItem(server.origin, 'goes', { expiresAt: now + 1 });
    const before = await ids();

    const deadline = Date.now() + SWEPT_WITHIN_MS;
    while ((await ids()).includes('goes') && Date.now() < deadline) {
      await sleep(500);
    }

    expect(before).toEqual(['goes', 'stays', 'stays-a-day']);
    expect(await ids()).toEqual(['stays', 'stays-a-day']);
  },
  TIME_LIMIT_MS,
);
