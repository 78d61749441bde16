import { expect, test } from 'vitest';
import { DeleteItemDocument, GetItemDocument, PutItemDocument } from '../../schema/generated/operations.ts';
import { newId, succeed } from './harness/api.ts';

const remove = async (id: string, expectedVersion?: number) =>
  (await succeed(DeleteItemDocument, { input: { id, expectedVersion } })).deleteItem;

test('answers the deleted item, which is then gone', async () => {
  const id = newId();
  const { putItem } = await succeed(PutItemDocument, { input: { id, payload: '{"a":1}' } });

  expect(await remove(id)).toEqual(putItem);
  expect((await succeed(GetItemDocument, { id })).getItem).toBeNull();
});

test('answers null when there was none, also the second time and with an expected version', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id } });

  await remove(id, 1);

  expect(await remove(id)).toBeNull();
  expect(await remove(id, 1)).toBeNull();
});

test('an item put again after a delete starts at version 1', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id } });
  await succeed(PutItemDocument, { input: { id } });
  await remove(id, 2);

  const { putItem } = await succeed(PutItemDocument, { input: { id, expectedVersion: 0 } });

  expect(putItem.version).toBe(1);
});
