import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttributeValue, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbClient, itemsTable } from './harness/items-table.ts';
import { graphql, printed, startLocal, temporaryDirectory } from './harness/local-server.ts';

interface Logged {
  type: string;
  id: string;
  version: number;
  order: string;
  payloadOmitted: boolean;
  item: { payload: string; expiresAt: number | null } | null;
}

interface Page {
  changes: Logged[];
  cursor: string;
}

const QUERY = `query ($since: String) {
  itemChanges(since: $since) { changes { type id version order payloadOmitted item { payload expiresAt } } cursor }
}`;

it('tells what an SDK writes, of any type, and what is no item as far as it can', async () => {
  const data = temporaryDirectory();
  const server = await startLocal(['--data', data]);
  const client = dynamoDbClient(printed(server, 'DynamoDB URL'));
  const TableName = await itemsTable(client);
  const time = { S: '2026-03-01T00:00:00.000Z' };
  const put = (id: string, payload: object, more: Record<string, AttributeValue>) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { id: { S: id }, createdAt: time, updatedAt: time, payload: payload as never, ...more },
      }),
    );
  /** All that the log has, once so many are there. */
  const logged = async (count: number): Promise<Logged[]> => {
    const found: Logged[] = [];
    let since: string | undefined;
    for (const deadline = Date.now() + 60_000; found.length < count && Date.now() < deadline;) {
      const { changes, cursor } = (await graphql<{ itemChanges: Page }>(server.origin, QUERY, { since }))
        .itemChanges;
      found.push(...changes);
      since = cursor;
      if (changes.length === 0) {
        await sleep(100);
      }
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
  const version = { N: '1' };
  await put('typed', typed, { version });
  await put('no version', { S: 'x' }, {});
  await put('far expiry', { S: 'x' }, { version, expiresAt: { N: '10000000000000001' } });
  await put('after', { S: 'x' }, { version });
  await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'typed' } } }));

  const changes = await logged(5);
  const { getItem } = await graphql<{ getItem: object }>(
    server.origin,
    '{ getItem(id: "after") { payload } }',
  );
  expect(changes.map(({ type, id }) => [type, id]).sort()).toEqual([
    ['CREATED', 'after'],
    ['CREATED', 'far expiry'],
    ['CREATED', 'no version'],
    ['CREATED', 'typed'],
    ['DELETED', 'typed'],
  ]);
  expect(changes.find(({ id }) => id === 'no version')).toMatchObject({
    ...{ version: 0, payloadOmitted: true, item: null },
  });
  expect(changes.find(({ id }) => id === 'far expiry')).toMatchObject({
    item: { payload: '"x"', expiresAt: null },
  });
  expect(
    JSON.parse(changes.find(({ type, id }) => type === 'CREATED' && id === 'typed')!.item!.payload),
  ).toEqual({
    bytes: '3q0=',
    set: ['b'],
    numbers: [1.5],
    blobs: ['AQ=='],
    n: Number('12345678901234567890'),
  });
  expect(getItem).toEqual({ payload: '"x"' });

  // None of it was tried again and given up.
  expect(existsSync(join(data, 'queues'))).toBe(false);
  expect((await logged(5)).map(({ order }) => order).sort()).toEqual(
    changes.map(({ order }) => order).sort(),
  );
});
