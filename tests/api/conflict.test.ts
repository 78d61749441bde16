import { expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  PutItemDocument,
  PutItemsDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { fail, graphql, newId, succeed } from './harness/api.ts';

async function create(payload = '{"n":1}') {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload } });
  return id;
}

test('expectedVersion 0 creates an item', async () => {
  const { putItem } = await succeed(PutItemDocument, { input: { id: newId(), expectedVersion: 0 } });

  expect(putItem.version).toBe(1);
});

test('expectedVersion 0 conflicts with an item that exists and hands it back', async () => {
  const id = await create();

  const error = await fail(PutItemDocument, { input: { id, payload: '2', expectedVersion: 0 } });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    errorInfo: { expectedVersion: 0, currentVersion: 1 },
    data: { id, version: 1, payload: '{"n":1}' },
    path: ['putItem'],
  });
});

test('the data of a conflict is the item as a query answers it, null members included', async () => {
  const id = await create();
  const { getItem } = await succeed(GetItemDocument, { id });

  const one = await fail(PutItemDocument, { input: { id, expectedVersion: 9 } });
  const batch = await fail(PutItemsDocument, { input: { items: [{ id, expectedVersion: 9 }] } });

  expect(getItem).toMatchObject({ owner: null, expiresAt: null });
  expect(one.data).toEqual(getItem);
  expect(batch.data).toEqual({ items: [getItem] });
});

test('the data of a conflict holds the selected fields only', async () => {
  const id = await create();

  const error = await fail(
    `mutation { putItem(input: {id: "${id}", expectedVersion: 9}) { id v: version } }`,
  );

  expect(error.data).toEqual({ id, v: 1 });
});

test('the expected version passes, another one does not and changes nothing', async () => {
  const id = await create();
  await succeed(PutItemDocument, { input: { id, payload: '2', expectedVersion: 1 } });

  const error = await fail(PutItemDocument, { input: { id, payload: '3', expectedVersion: 1 } });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    errorInfo: { expectedVersion: 1, currentVersion: 2 },
  });
  expect((await succeed(GetItemDocument, { id })).getItem).toMatchObject({ version: 2, payload: '2' });
});

test('a version expected of a missing item is a conflict without data', async () => {
  const error = await fail(PutItemDocument, { input: { id: newId(), expectedVersion: 3 } });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    data: null,
    errorInfo: { expectedVersion: 3, currentVersion: 0 },
  });
});

test.each([
  ['putItem', PutItemDocument],
  ['updateItem', UpdateItemDocument],
  ['deleteItem', DeleteItemDocument],
])('%s refuses a negative expectedVersion', async (_, document) => {
  const error = await fail(document as typeof DeleteItemDocument, {
    input: { id: newId(), expectedVersion: -1 },
  });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'expectedVersion' } });
});

test('updateItem and deleteItem conflict with the current item', async () => {
  const id = await create();

  const update = await fail(UpdateItemDocument, { input: { id, payload: '{"m":2}', expectedVersion: 7 } });
  const remove = await fail(DeleteItemDocument, { input: { id, expectedVersion: 7 } });

  for (const error of [update, remove]) {
    expect(error).toMatchObject({
      errorType: 'Conflict',
      errorInfo: { expectedVersion: 7, currentVersion: 1 },
      data: { id, version: 1, payload: '{"n":1}' },
    });
  }
});

test('of 100 writers at one version exactly one succeeds and nothing is torn', async () => {
  const id = await create();

  const results = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      graphql(PutItemDocument, { input: { id, payload: JSON.stringify({ writer: n }), expectedVersion: 1 } }),
    ),
  );

  const winners = results.filter(({ errors }) => !errors);
  expect(winners).toHaveLength(1);
  expect(results.filter(({ errors }) => errors?.[0]?.errorType === 'Conflict')).toHaveLength(99);
  const { getItem } = await succeed(GetItemDocument, { id });
  expect(getItem).toEqual(winners[0]!.data!.putItem);
});

test('without an expected version every one of 20 writers counts', async () => {
  const id = await create();

  const results = await Promise.all(
    Array.from({ length: 20 }, (_, n) => succeed(PutItemDocument, { input: { id, payload: String(n) } })),
  );

  expect(results.map(({ putItem }) => putItem.version).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 2),
  );
});
