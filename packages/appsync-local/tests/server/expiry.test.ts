import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished, vi } from 'vitest';
import { start } from '../../src/index.ts';
import { PATIENCE } from '../harness/patience.ts';
import { dynamoDbClient, itemsTable } from './harness/items-table.ts';
import { putItem } from './harness/local-server.ts';

it('removes items from the table once they are past their expiresAt, and no others', async () => {
  // The usual 30 seconds between two looks would be most of this test's time.
  const server = await start({ expirySweepMs: 500 });
  onTestFinished(() => server.close());
  const client = dynamoDbClient(server.dynamodbUrl);
  const TableName = await itemsTable(client);
  const ids = async (): Promise<(string | undefined)[]> =>
    ((await client.send(new ScanCommand({ TableName }))).Items ?? []).map(({ id }) => id?.S).sort();
  const { origin } = new URL(server.url);
  const now = Math.floor(Date.now() / 1000);
  await putItem(origin, 'stays');
  await putItem(origin, 'stays-a-day', { expiresAt: now + 86_400 });
  // Far enough for a busy machine to read the table before.
  await putItem(origin, 'goes', { expiresAt: now + 3 });

  const before = await ids();

  expect(before).toEqual(['goes', 'stays', 'stays-a-day']);
  // After a look the sweeper rests a hundred times as long as the look took: on a busy machine half a minute.
  const patience = { ...PATIENCE, timeout: 60_000 };
  await vi.waitFor(async () => expect(await ids()).toEqual(['stays', 'stays-a-day']), patience);
});
