import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbClient, itemsTable } from './harness/items-table.ts';
import { graphql, printed, startLocal, temporaryDirectory } from './harness/local-server.ts';

interface Told {
  type: string;
  id: string;
  version: number;
  order: string;
  item: { payload: string } | null;
}

interface Page {
  changes: Told[];
  cursor: string;
}

const QUERY = `query ($since: String) {
  itemChanges(since: $since) { changes { type id version order item { payload } } cursor }
}`;

it('tells what an SDK writes, of any type, and puts aside what is no item', async () => {
  const data = temporaryDirectory();
  const server = await startLocal(['--data', data]);
  const client = dynamoDbClient(printed(server, 'DynamoDB URL'));
  const TableName = await itemsTable(client);
  const time = { S: '2026-03-01T00:00:00.000Z' };
  const put = (id: string, payload: object, version?: string) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: {
          ...{ id: { S: id }, createdAt: time, updatedAt: time, payload: payload as never },
          ...(version !== undefined && { version: { N: version } }),
        },
      }),
    );
  /** All that the log has, once so many are there. */
  const logged = async (count: number): Promise<Told[]> => {
    const found: Told[] = [];
    let since: string | undefined;
    for (const deadline = Date.now() + 60_000; found.length < count && Date.now() < deadline;) {
      const { changes, cursor } = (await graphql<{ itemChanges: Page }>(server.origin, QUERY, { since }))
        .itemChanges;
      found.push(...changes);
      since = cursor;
      if (changes.length === 0) await sleep(100);
    }
    return found;
  };

  const typed = {
    M: {
      bytes: { B: Buffer.from([222, 173]) },
      set: { SS: ['b'] },
      numbers: { NS: ['1.5'] },
      blobs: { BS: [Buffer.from([1])] },
      n: { N: '12345678901234567890' },
    },
  };
  await put('typed', typed, '1');
  await put('poison', { S: 'x' });
  await put('after', { S: 'x' }, '1');
  await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'typed' } } }));

  const told = await logged(3);
  const { getItem } = await graphql<{ getItem: object }>(
    server.origin,
    '{ getItem(id: "after") { payload } }',
  );
  expect(told.map(({ type, id }) => [type, id]).sort()).toEqual([
    ['CREATED', 'after'],
    ['CREATED', 'typed'],
    ['DELETED', 'typed'],
  ]);
  expect(
    JSON.parse(told.find(({ type, id }) => type === 'CREATED' && id === 'typed')!.item!.payload),
  ).toEqual({
    bytes: '3q0=',
    set: ['b'],
    numbers: [1.5],
    blobs: ['AQ=='],
    n: Number('12345678901234567890'),
  });
  expect(getItem).toEqual({ payload: '"x"' });

  const queues = join(data, 'queues');
  const letters = async (): Promise<string[]> => {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(250)) {
      try {
        return readdirSync(queues).map((name) => readFileSync(join(queues, name), 'utf8'));
      } catch {
        // Not yet there.
      }
    }
    return [];
  };
  const [letter] = await letters();
  expect(JSON.parse(letter!)).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
  expect(letter!.trim().split('\n')).toHaveLength(1);
  expect((await logged(3)).map(({ order }) => order).sort()).toEqual(told.map(({ order }) => order).sort());
});
