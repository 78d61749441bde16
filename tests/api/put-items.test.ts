import { describe, expect, test } from 'vitest';
import { alice } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  GetItemDocument,
  GetItemsDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
} from '../../schema/generated/operations.ts';
import { fail, graphql, newId, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';

const newIds = (count: number): string[] => Array.from({ length: count }, () => newId());
const read = async (ids: string[]) => (await succeed(GetItemsDocument, { ids })).getItems;

test('writes 99 items in one transaction and answers them in the order of the input', async () => {
  const ids = newIds(99);
  const items = ids.map((id, n) => ({ id, payload: String(n) }));

  const { putItems } = await succeed(PutItemsDocument, { input: { items } });

  expect(putItems.items.map(({ id, payload, version }) => ({ id, payload, version }))).toEqual(
    items.map((item) => ({ ...item, version: 1 })),
  );
  expect(await read(ids)).toEqual(putItems.items);
});

test('counts versions and keeps createdAt of what it replaces', async () => {
  const [old = '', fresh = ''] = newIds(2);
  const { putItem } = await succeed(PutItemDocument, { input: { id: old, payload: '1' } });

  const { putItems } = await succeed(PutItemsDocument, {
    input: {
      items: [
        { id: old, payload: '2' },
        { id: fresh, expectedVersion: 0 },
      ],
    },
  });

  expect(putItems.items).toMatchObject([
    { id: old, version: 2, payload: '2', createdAt: putItem.createdAt },
    { id: fresh, version: 1, payload: null },
  ]);
});

test('writes none when one is refused, and gives the reason of each with the current items', async () => {
  const [taken = '', fresh = '', wrong = ''] = newIds(3);
  await succeed(PutItemDocument, { input: { id: taken, payload: '"there"' } });

  const error = await fail(PutItemsDocument, {
    input: {
      items: [{ id: fresh }, { id: taken, expectedVersion: 0 }, { id: wrong, expectedVersion: 4 }],
    },
  });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    data: { items: [{ id: taken, version: 1, payload: '"there"' }] },
    errorInfo: {
      items: [
        { index: 1, id: taken, errorType: 'Conflict', expectedVersion: 0, currentVersion: 1 },
        { index: 2, id: wrong, errorType: 'Conflict', expectedVersion: 4, currentVersion: 0 },
      ],
    },
  });
  expect(error.message).toContain('2 of 3 items cannot be written, so none was');
  expect(await read([fresh, wrong])).toEqual([null, null]);
});

test('refuses other people’s items by name, and those with rules to keep', async () => {
  const [owned = '', validated = ''] = newIds(2);
  await succeed(PutItemDocument, { input: { id: owned, payload: '"secret"' } }, alice);
  // part: validated-items
  await succeed(PutValidatedItemDocument, {
    input: { id: validated, kind: 'product', payload: JSON.stringify(product()) },
  });
  // end: validated-items

  const error = await fail(PutItemsDocument, { input: { items: [{ id: owned }, { id: validated }] } });

  expect(error.errorInfo).toMatchObject({
    items: [
      { index: 0, id: owned, errorType: 'Unauthorized' },
      { index: 1, id: validated, errorType: 'BadRequest' }, // part: validated-items
    ],
  });
  expect(JSON.stringify(error)).not.toContain('secret');
});

test.each([
  ['no items', [], 'items has 0 entries; it must have 1 to 99'],
  ['100 items', newIds(100).map((id) => ({ id })), 'items has 100 entries; it must have 1 to 99'],
])('refuses %s', async (_, items, message) => {
  const error = await fail(PutItemsDocument, { input: { items } });

  expect(error).toMatchObject({ errorType: 'BadRequest', message, errorInfo: { field: 'items' } });
});

test.each([
  ['a blank id', { id: ' ' }, 'id is required'],
  ['a negative version', { id: 'x', expectedVersion: -1 }, 'expectedVersion is -1'],
  ['a token of its own', { id: 'x', clientRequestToken: 't' }, 'put clientRequestToken beside items'],
  ['an owner', { id: 'x', owner: 'bob' }, 'only admins and IAM callers may set owner'],
])('refuses an item with %s', async (_, item, message) => {
  const error = await fail(PutItemsDocument, { input: { items: [{ id: newId() }, item] } });

  expect(error.errorInfo).toMatchObject({ items: [{ index: 1, message: expect.stringContaining(message) }] });
});

test('refuses the same id twice', async () => {
  const id = newId();

  const error = await fail(PutItemsDocument, { input: { items: [{ id }, { id }] } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { items: [{ index: 1, id }] } });
});

test('says which item is too large', async () => {
  const large = JSON.stringify('x'.repeat(410_000));
  const [small = '', big = ''] = newIds(2);

  const error = await fail(PutItemsDocument, {
    input: { items: [{ id: small }, { id: big, payload: large }] },
  });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { items: [{ index: 1, id: big }] } });
});

describe('at the same time', () => {
  test('100 batches over one version: one is written whole, 99 are conflicts', async () => {
    const ids = newIds(3);
    await succeed(PutItemsDocument, { input: { items: ids.map((id) => ({ id })) } });

    const results = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        graphql(PutItemsDocument, {
          input: { items: ids.map((id) => ({ id, payload: String(n), expectedVersion: 1 })) },
        }),
      ),
    );

    const winners = results.filter(({ errors }) => !errors);
    expect(winners).toHaveLength(1);
    expect(results.filter(({ errors }) => errors?.[0]?.errorType === 'Conflict')).toHaveLength(99);
    expect(await read(ids)).toEqual(winners[0]!.data!.putItems!.items);
  });

  test('batches that cross each other are never torn', async () => {
    const [first = '', second = ''] = newIds(2);

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const items = [first, second].map((id) => ({ id, payload: String(n) }));
        return graphql(PutItemsDocument, { input: { items: n % 2 ? items : items.reverse() } });
      }),
    );

    const [one, two] = await read([first, second]);
    const written = results.filter(({ errors }) => !errors).length;
    expect(one!.payload).toBe(two!.payload);
    expect([one!.version, two!.version]).toEqual([written, written]);
    expect(
      results.flatMap(({ errors }) => errors ?? []).every(({ errorType }) => errorType === 'Conflict'),
    ).toBe(true);
  });
});

test('an expired item is created anew', async () => {
  const id = newId();
  const past = Math.floor(Date.now() / 1000) - 5;
  await succeed(PutItemDocument, { input: { id, payload: '1', expiresAt: past } });

  const { putItems } = await succeed(PutItemsDocument, { input: { items: [{ id, expectedVersion: 0 }] } });

  expect(putItems.items).toMatchObject([{ id, version: 1, expiresAt: null }]);
  expect((await succeed(GetItemDocument, { id })).getItem).toMatchObject({ version: 1 });
});
