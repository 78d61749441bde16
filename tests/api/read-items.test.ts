import { expect, test } from 'vitest';
import { GetItemDocument, GetItemsDocument, PutItemDocument } from '../../schema/generated/operations.ts';
import { fail, newId, succeed } from './harness/api.ts';

const get = async (ids: string[]) =>
  (await succeed(GetItemsDocument, { ids })).getItems.map((item) => item?.id ?? null);

test('getItem answers null for a missing item', async () => {
  expect((await succeed(GetItemDocument, { id: newId() })).getItem).toBeNull();
});

test('getItems keeps the order of the ids, repeats repeated ones and answers null where there is none', async () => {
  const [a, b, missing] = [newId(), newId(), newId()];
  await Promise.all([a, b].map((id) => succeed(PutItemDocument, { input: { id } })));

  expect(await get([b, missing, a, b])).toEqual([b, null, a, b]);
});

test('getItems of no ids is empty', async () => {
  expect(await get([])).toEqual([]);
});

test('getItems takes ids that mean something to JavaScript', async () => {
  expect(await get(['__proto__', 'constructor', 'toString'])).toEqual([null, null, null]);
});

test('getItems reads 100 ids and refuses 101', async () => {
  const ids = Array.from({ length: 101 }, () => newId());

  expect(await get(ids.slice(0, 100))).toEqual(Array<null>(100).fill(null));
  const error = await fail(GetItemsDocument, { ids });
  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'ids' } });
});

test('a blank id is refused by reads too', async () => {
  expect(await fail(GetItemDocument, { id: ' ' })).toMatchObject({
    errorType: 'BadRequest',
    message: 'id is required',
  });
  expect(await fail(GetItemsDocument, { ids: ['a', ''] })).toMatchObject({ errorType: 'BadRequest' });
});
