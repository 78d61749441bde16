import { expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  GetItemsDocument,
  ListItemsDocument,
  PutItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { eventually, fail, newId, newName, succeed } from './harness/api.ts';
import { alice } from './harness/users.ts';

const past = () => Math.floor(Date.now() / 1000) - 60;

/** An item of Alice's whose time has come. */
async function expired(payload = '1'): Promise<string> {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload } }, alice);
  await succeed(PutItemDocument, { input: { id, payload, expiresAt: past() } }, alice);
  return id;
}

test('an expired item is gone for every read', async () => {
  const payload = JSON.stringify(newName('mark'));
  const filter = { payload: [{ path: '', eq: payload }] };
  const lasting = newId();
  const id = await expired(payload);
  await succeed(PutItemDocument, { input: { id: lasting, payload } }, alice);

  expect((await succeed(GetItemDocument, { id }, alice)).getItem).toBeNull();
  expect((await succeed(GetItemsDocument, { ids: [id] }, alice)).getItems).toEqual([null]);
  await eventually(async () => {
    const { listItems } = await succeed(ListItemsDocument, { filter, limit: 100 }, alice);
    expect(listItems.items.map((item) => item.id)).toEqual([lasting]);
    expect(listItems.nextToken).toBeNull();
  });
});

test('an expired item is gone for updates and deletes', async () => {
  const id = await expired();

  const error = await fail(UpdateItemDocument, { input: { id, payload: '{}' } }, alice);

  expect(error.errorType).toBe('NotFound');
  expect((await succeed(DeleteItemDocument, { input: { id } }, alice)).deleteItem).toBeNull();
});

test('an expired item is created anew at version 1, by anybody', async () => {
  const id = await expired();

  const { putItem } = await succeed(PutItemDocument, { input: { id, payload: '3', expectedVersion: 0 } });

  expect(putItem).toMatchObject({ version: 1, payload: '3', owner: null, expiresAt: null });
  expect(putItem.createdAt).toBe(putItem.updatedAt);
  expect((await succeed(GetItemDocument, { id })).getItem).toEqual(putItem);
});

test('a version expected of an expired item is a conflict that does not show it', async () => {
  const id = await expired();

  const error = await fail(PutItemDocument, { input: { id, expectedVersion: 2 } }, alice);

  expect(error).toMatchObject({ errorType: 'Conflict', data: null, errorInfo: { currentVersion: 0 } });
});

test('an item disappears at its time without anybody writing', async () => {
  const id = newId();
  // Far enough for a busy machine to read the item before.
  const expiresAt = Math.floor(Date.now() / 1000) + 5;
  await succeed(PutItemDocument, { input: { id, expiresAt } });
  expect((await succeed(GetItemDocument, { id })).getItem).toMatchObject({ expiresAt });

  await new Promise((resolve) => setTimeout(resolve, expiresAt * 1000 + 100 - Date.now()));

  // The clock of AWS may be a little behind ours.
  await eventually(async () => expect((await succeed(GetItemDocument, { id })).getItem).toBeNull());
});

test('a replace without an expiry makes the item stay', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, expiresAt: Math.floor(Date.now() / 1000) + 3600 } });

  const { putItem } = await succeed(PutItemDocument, { input: { id } });

  expect(putItem).toMatchObject({ version: 2, expiresAt: null });
});
