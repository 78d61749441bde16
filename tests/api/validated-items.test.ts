import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import countries from 'world-countries';
import { fromRoot } from '../../infra/paths.ts';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { alice, bob } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  GetItemDocument,
  ItemKindsDocument,
  PutItemDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { fail, graphql, newId, parsed, succeed, users } from './harness/api.ts';
import { product, uniqueSku } from './harness/product.ts';

const put = (
  input: { id: string; kind: string; payload: unknown; expectedVersion?: number; expiresAt?: number },
  credentials?: Credentials,
) =>
  succeed(
    PutValidatedItemDocument,
    { input: { ...input, payload: JSON.stringify(input.payload) } },
    credentials,
  );
const refuse = (
  input: { id: string; kind: string; payload: unknown; expectedVersion?: number },
  credentials?: Credentials,
) =>
  fail(
    PutValidatedItemDocument,
    { input: { ...input, payload: JSON.stringify(input.payload) } },
    credentials,
  );

test('itemKinds lists the kinds with their JSON Schemas', async () => {
  const { itemKinds } = await succeed(ItemKindsDocument);

  const files = readdirSync(fromRoot('schema/kinds'));
  expect(itemKinds.map(({ kind }) => `${kind}.schema.json`)).toEqual(files.sort());
  expect(itemKinds.map(({ schema }) => JSON.parse(schema))).toEqual(
    itemKinds.map(() => expect.objectContaining({ $schema: 'https://json-schema.org/draft/2020-12/schema' })),
  );
});

test('writes a valid item and counts its versions', async () => {
  const id = newId();
  const payload = product();

  const created = (await put({ id, kind: 'product', payload })).putValidatedItem;
  const replaced = (
    await put({ id, kind: 'product', payload: { ...payload, name: 'Other' }, expectedVersion: 1 })
  ).putValidatedItem;

  expect(created).toMatchObject({ id, kind: 'product', version: 1, owner: null });
  expect(JSON.parse(created.payload!)).toEqual(payload);
  expect(replaced).toMatchObject({ version: 2, createdAt: created.createdAt });
  expect(parsed((await succeed(GetItemDocument, { id })).getItem)).toEqual(parsed(replaced));
});

test('reports every violation at once, each with the place in the payload', async () => {
  const payload = {
    ...product(),
    gtin: '4006381333932',
    price: { amountMinor: -1, currency: 'XXQ' },
    extra: true,
  };

  const error = await refuse({ id: newId(), kind: 'product', payload });

  expect(error.errorType).toBe('ValidationFailed');
  const { violations } = error.errorInfo as { violations: { path: string; rule: string; message: string }[] };
  expect(violations.map(({ path }) => path).sort()).toEqual([
    '/extra',
    '/gtin',
    '/price/amountMinor',
    '/price/currency',
  ]);
  for (const violation of violations) {
    expect(violation).toEqual({
      path: expect.any(String),
      rule: expect.any(String),
      message: expect.any(String),
    });
  }
});

test('takes every country of the world as it is published', async () => {
  const country = countries.find(({ cca2 }) => cca2 === 'NP')!;

  const results = await graphql(PutValidatedItemDocument, {
    input: { id: newId(), kind: 'country', payload: JSON.stringify(country) },
  });

  // Another run's item may hold the code; a violation it is not.
  expect(results.errors?.[0]?.errorType ?? 'none').toMatch(/^(none|Conflict)$/);
});

test('an unknown kind is a bad request that names the known ones', async () => {
  const error = await refuse({ id: newId(), kind: 'planet', payload: {} });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'kind' } });
  expect(error.message).toContain('country');
});

test('a blank id is refused', async () => {
  expect(await refuse({ id: '  ', kind: 'product', payload: product() })).toMatchObject({
    errorType: 'BadRequest',
    message: 'id is required',
  });
});

test('a taken unique value is a conflict that hands back the item in the way', async () => {
  const holder = newId();
  const sku = uniqueSku();
  await put({ id: holder, kind: 'product', payload: product({ sku }) });

  const error = await refuse({ id: newId(), kind: 'product', payload: product({ sku }) });

  expect(error).toMatchObject({ errorType: 'Conflict', data: { id: holder, version: 1 } });
});

test('of 10 writers for one SKU exactly one succeeds', async () => {
  const sku = uniqueSku();

  const results = await Promise.all(
    Array.from({ length: 10 }, () =>
      graphql(PutValidatedItemDocument, {
        input: { id: newId(), kind: 'product', payload: JSON.stringify(product({ sku })) },
      }),
    ),
  );

  expect(results.filter(({ errors }) => !errors)).toHaveLength(1);
  expect(results.filter(({ errors }) => errors?.[0]?.errorType === 'Conflict')).toHaveLength(9);
});

test('a change and a delete free the unique value', async () => {
  const [first, second] = [uniqueSku(), uniqueSku()];
  const id = newId();
  await put({ id, kind: 'product', payload: product({ sku: first }) });
  await put({ id, kind: 'product', payload: product({ sku: second }) });

  await put({ id: newId(), kind: 'product', payload: product({ sku: first }) });
  await succeed(DeleteItemDocument, { input: { id } });
  const { putValidatedItem } = await put({ id: newId(), kind: 'product', payload: product({ sku: second }) });

  expect(putValidatedItem.version).toBe(1);
});

test('a reference must exist', async () => {
  const missing = newId();
  const error = await refuse({ id: newId(), kind: 'product', payload: product({ replaces: missing }) });
  expect(error).toMatchObject({
    errorType: 'ValidationFailed',
    errorInfo: { violations: [{ path: '/replaces' }] },
  });

  await put({ id: missing, kind: 'product', payload: product() });
  const { putValidatedItem } = await put({
    id: newId(),
    kind: 'product',
    payload: product({ replaces: missing }),
  });

  expect(putValidatedItem.version).toBe(1);
});

test('direct writes refuse a validated item and name putValidatedItem', async () => {
  const id = newId();
  await put({ id, kind: 'product', payload: product() });

  for (const error of [
    await fail(PutItemDocument, { input: { id, payload: '1' } }),
    await fail(UpdateItemDocument, { input: { id, payload: '{"name":"x"}' } }),
  ]) {
    expect(error.errorType).toBe('BadRequest');
    expect(error.message).toContain('putValidatedItem');
  }
});

test('a version conflict carries the current item', async () => {
  const id = newId();
  await put({ id, kind: 'product', payload: product() });

  const stale = await refuse({ id, kind: 'product', payload: product(), expectedVersion: 4 });
  const create = await refuse({ id, kind: 'product', payload: product(), expectedVersion: 0 });
  const remove = await fail(DeleteItemDocument, { input: { id, expectedVersion: 9 } });

  for (const [error, expectedVersion] of [
    [stale, 4],
    [create, 0],
    [remove, 9],
  ] as const) {
    expect(error).toMatchObject({
      errorType: 'Conflict',
      data: { id, version: 1, kind: 'product' },
      errorInfo: { expectedVersion, currentVersion: 1 },
    });
  }
});

test('validated items belong to the user who creates them', async () => {
  const id = newId();
  const { putValidatedItem } = await put({ id, kind: 'product', payload: product() }, alice);
  expect(putValidatedItem.owner).toBe(users.alice.sub);

  const foreign = await refuse({ id, kind: 'product', payload: product() }, bob);
  const anonymous = await refuse({ id, kind: 'product', payload: product() }, apiKey);
  const trusted = await put({ id, kind: 'product', payload: product() }, iam);

  expect([foreign.errorType, anonymous.errorType]).toEqual(['Unauthorized', 'Unauthorized']);
  expect(foreign.data).toBeNull();
  expect(trusted.putValidatedItem).toMatchObject({ version: 2, owner: users.alice.sub });
});

test('an expired validated item is gone, and its unique values are free', async () => {
  const id = newId();
  const sku = uniqueSku();
  const expiresAt = Math.floor(Date.now() / 1000) - 10;
  await put({ id, kind: 'product', payload: product({ sku }), expiresAt });

  const other = await put({ id: newId(), kind: 'product', payload: product({ sku }) });
  const again = await put({ id, kind: 'product', payload: product(), expectedVersion: 0 });

  expect(other.putValidatedItem.version).toBe(1);
  expect(again.putValidatedItem.version).toBe(1);
});

test('of 100 racers for one SKU exactly one wins, and the value is free once it is deleted', async () => {
  const payload = JSON.stringify(product());
  const put = (id: string) => graphql(PutValidatedItemDocument, { input: { id, kind: 'product', payload } });

  const answers = await Promise.all(Array.from({ length: 100 }, () => put(newId())));

  const winners = answers.filter(({ errors }) => !errors);
  const losers = answers.flatMap(({ errors }) => errors ?? []);
  expect(winners).toHaveLength(1);
  expect(losers.map(({ errorType }) => errorType)).toEqual(Array(99).fill('Conflict'));
  expect(parsed(losers[0]!.data as never)).toEqual(parsed(winners[0]!.data!.putValidatedItem));

  await succeed(DeleteItemDocument, { input: { id: winners[0]!.data!.putValidatedItem!.id } });
  expect((await put(newId())).errors).toBeUndefined();
});
