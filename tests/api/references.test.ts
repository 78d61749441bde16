import { expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { fail, graphql, newId, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';

const putProduct = async (id: string, more: Record<string, unknown> = {}, input: object = {}) =>
  (
    await succeed(PutValidatedItemDocument, {
      input: { id, kind: 'product', payload: JSON.stringify(product(more)), ...input },
    })
  ).putValidatedItem;
const putPlain = (id: string) => succeed(PutItemDocument, { input: { id } });
const remove = (id: string) => graphql(DeleteItemDocument, { input: { id } });
const exists = async (id: string) => (await succeed(GetItemDocument, { id })).getItem !== null;

async function kept(id: string, referrers: number): Promise<void> {
  const error = await fail(DeleteItemDocument, { input: { id } });

  expect(error).toMatchObject({ errorType: 'Conflict', data: { id }, errorInfo: { referrers } });
  expect(await exists(id)).toBe(true);
}
async function free(id: string): Promise<void> {
  expect((await remove(id)).errors).toBeUndefined();
  expect(await exists(id)).toBe(false);
}

test('a validated item that others refer to cannot be deleted until they are gone', async () => {
  const [old, first, second] = [newId(), newId(), newId()];
  await putProduct(old);
  await putProduct(first, { replaces: old });
  await putProduct(second, { replaces: old });

  await kept(old, 2);
  await free(first);
  await kept(old, 1);
  await free(second);
  await free(old);
});

test('an item without a kind is kept the same way', async () => {
  const [plain, referrer] = [newId(), newId()];
  await putPlain(plain);
  await putProduct(referrer, { replaces: plain });

  await kept(plain, 1);
  await free(referrer);
  await free(plain);
});

test('a referrer that changes its mind frees the one and keeps the other', async () => {
  const [one, two, referrer] = [newId(), newId(), newId()];
  await putPlain(one);
  await putPlain(two);
  await putProduct(referrer, { replaces: one });

  await putProduct(referrer, { replaces: two });

  await free(one);
  await kept(two, 1);
});

test('a referrer that is written again counts once', async () => {
  const [target, referrer] = [newId(), newId()];
  await putPlain(target);
  await putProduct(referrer, { replaces: target });
  await putProduct(referrer, { replaces: target });

  await kept(target, 1);
});

test.each([
  ['putItem', (id: string) => succeed(PutItemDocument, { input: { id, payload: '1' } })],
  ['putItems', (id: string) => succeed(PutItemsDocument, { input: { items: [{ id, payload: '1' }] } })],
  ['updateItem', (id: string) => succeed(UpdateItemDocument, { input: { id, payload: '1' } })],
])('%s of the item referred to does not free it', async (_, write) => {
  const [target, referrer] = [newId(), newId()];
  await putPlain(target);
  await putProduct(referrer, { replaces: target });

  await write(target);

  await kept(target, 1);
});

test('putValidatedItem of the item referred to does not free it', async () => {
  const [target, referrer] = [newId(), newId()];
  await putProduct(target);
  await putProduct(referrer, { replaces: target });

  await putProduct(target);

  await kept(target, 1);
});

test('a referrer that expires keeps nothing', async () => {
  const [target, referrer] = [newId(), newId()];
  await putPlain(target);
  await putProduct(referrer, { replaces: target }, { expiresAt: 4_000_000_000 });

  await free(target);
});

test('of a delete and a reference at the same time one is refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [target, referrer] = [newId(), newId()];
    await putPlain(target);

    const [deleted, referred] = await Promise.all([
      remove(target),
      graphql(PutValidatedItemDocument, {
        input: { id: referrer, kind: 'product', payload: JSON.stringify(product({ replaces: target })) },
      }),
    ]);

    // Both may fail when they met in the middle; both can never succeed.
    expect(deleted.errors === undefined && referred.errors === undefined).toBe(false);
    expect(await exists(target)).toBe(deleted.errors !== undefined);
  }
});

test('a delete that expects another version says so first', async () => {
  const [target, referrer] = [newId(), newId()];
  await putPlain(target);
  await putProduct(referrer, { replaces: target });

  const error = await fail(DeleteItemDocument, { input: { id: target, expectedVersion: 9 } });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    errorInfo: { expectedVersion: 9, currentVersion: 1 },
  });
});
