import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readItem } from '../../../../functions/put-validated-item/tables.ts';
import { type Engine, startEngine } from '../harness/dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** As it lies in the table. */
async function stored(id: string) {
  const { Item } = await engine.client.send(
    new GetItemCommand({ TableName: 'Items', Key: { id: { S: id } } }),
  );
  return Item!['payload'];
}

async function write(id: string, payload: unknown): Promise<void> {
  await engine.tables.client.send(new PutCommand({ TableName: 'Items', Item: { id, payload } }));
}

test('answers null where there is no row', async () => {
  expect(await readItem(engine.tables, 'nobody')).toBeNull();
});

test('numbers of others that no double holds are read as doubles, which JSON can carry', async () => {
  const payload = { M: { n: { N: '12345678901234567890' }, list: { L: [{ N: '0.1' }] } } };
  await engine.client.send(
    new PutItemCommand({ TableName: 'Items', Item: { id: { S: 'numbers' }, payload } }),
  );

  const item = await readItem(engine.tables, 'numbers');

  expect(item?.payload).toEqual({ n: 12345678901234567000, list: [0.1] });
});

test('numbers beyond 2^53 are written as JavaScript writes them', async () => {
  await write('large', 2 ** 60);

  expect(await stored('large')).toEqual({ N: '1152921504606847000' });
});

test('what is undefined is left out, and a member called constructor is a member', async () => {
  const payload = JSON.parse('{"a":{"constructor":null}}') as object;

  await write('constructor', { ...payload, b: undefined });

  expect(await stored('constructor')).toEqual({ M: { a: { M: { constructor: { NULL: true } } } } });
});
