import { expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  GetItemsDocument,
  ListItemsDocument,
  PutItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { fail, newId, succeed } from './harness/api.ts';
import { user } from './harness/target.ts';

const past = () => Math.floor(Date.now() / 1000) - 60;

async function expired(credentials = user(newId('owner'))) {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload: '1' } }, credentials);
  await succeed(PutItemDocument, { input: { id, payload: '2', expiresAt: past() } }, credentials);
  return { id, credentials };
}

test('an expired item is gone for every read', async () => {
  const { id, credentials } = await expired();

  expect((await succeed(GetItemDocument, { id }, credentials)).getItem).toBeNull();
  expect((await succeed(GetItemsDocument, { ids: [id] }, credentials)).getItems).toEqual([null]);
  expect((await succeed(ListItemsDocument, {}, credentials)).listItems).toEqual({
    items: [],
    nextToken: null,
  });
});

test('an expired item is gone for updates and deletes', async () => {
  const { id, credentials } = await expired();

  expect((await fail(UpdateItemDocument, { input: { id, payload: '{}' } }, credentials)).errorType).toBe(
    'NotFound',
  );
  expect((await succeed(DeleteItemDocument, { input: { id } }, credentials)).deleteItem).toBeNull();
});

test('an expired item is created anew at version 1, by anybody', async () => {
  const { id } = await expired();

  const { putItem } = await succeed(PutItemDocument, { input: { id, payload: '3', expectedVersion: 0 } });

  expect(putItem).toMatchObject({ version: 1, payload: '3', owner: null, expiresAt: null });
  expect(putItem.createdAt).toBe(putItem.updatedAt);
  expect((await succeed(GetItemDocument, { id })).getItem).toEqual(putItem);
});

test('a version expected of an expired item is a conflict that does not show it', async () => {
  const { id, credentials } = await expired();

  const error = await fail(PutItemDocument, { input: { id, expectedVersion: 2 } }, credentials);

  expect(error).toMatchObject({ errorType: 'Conflict', data: null, errorInfo: { currentVersion: 0 } });
});

test('an item disappears at its time without anybody writing', async () => {
  const id = newId();
  // Far enough for a busy machine to read the item before.
  const expiresAt = Math.floor(Date.now() / 1000) + 5;
  await succeed(PutItemDocument, { input: { id, expiresAt } });
  expect((await succeed(GetItemDocument, { id })).getItem).toMatchObject({ expiresAt });

  await new Promise((resolve) => setTimeout(resolve, expiresAt * 1000 + 100 - Date.now()));

  expect((await succeed(GetItemDocument, { id })).getItem).toBeNull();
});

test('a replace without an expiry makes the item stay', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, expiresAt: Math.floor(Date.now() / 1000) + 3600 } });

  const { putItem } = await succeed(PutItemDocument, { input: { id } });

  expect(putItem).toMatchObject({ version: 2, expiresAt: null });
});
