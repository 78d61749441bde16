import { expect, test } from 'vitest';
import { GetItemDocument, PutItemDocument, UpdateItemDocument } from '../../schema/generated/operations.ts';
import { fail, newId, parsed, succeed } from './harness/api.ts';

async function create(payload: unknown, more: { expiresAt?: number } = {}) {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload: JSON.stringify(payload), ...more } });
  return id;
}
const update = async (id: string, patch: unknown) =>
  (await succeed(UpdateItemDocument, { input: { id, payload: JSON.stringify(patch) } })).updateItem;
const payloadOf = (item: { payload: string | null }): unknown => JSON.parse(item.payload ?? 'null');

/** Cases in the manner of RFC 7396, appendix A, for top-level members. */
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: 0, b: false, c: '' }, { a: 0, b: false, c: '' }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ a: 'foo' }, null, null],
  [['a'], { a: 1, b: null }, { a: 1 }],
  [null, { a: 1 }, { a: 1 }],
  [5, { a: 1 }, { a: 1 }],
  [{ a: 1 }, {}, { a: 1 }],
])('merges into %j the patch %j', async (payload, patch, merged) => {
  const id = await create(payload);

  const updated = await update(id, patch);

  expect(payloadOf(updated)).toEqual(merged);
  expect(updated.version).toBe(2);
  expect(parsed((await succeed(GetItemDocument, { id })).getItem)).toEqual(parsed(updated));
});

test('replaces a nested object as a whole', async () => {
  const id = await create({ size: { width: 1, height: 2 } });

  expect(payloadOf(await update(id, { size: { width: 3 } }))).toEqual({ size: { width: 3 } });
});

test('takes member names that mean something to DynamoDB', async () => {
  const id = await create({});
  const patch = { 'a.b': 1, size: 2, '#x': 3, ':y': 4, 'with space': 5, 'quo"te': 6, 日本: 7, 'l[0]': 8 };

  expect(payloadOf(await update(id, patch))).toEqual(patch);
});

test('a missing item is NotFound and is not created', async () => {
  const id = newId();

  const error = await fail(UpdateItemDocument, { input: { id, payload: '{"a":1}' } });

  expect(error).toMatchObject({ errorType: 'NotFound', data: null });
  expect((await succeed(GetItemDocument, { id })).getItem).toBeNull();
});

test('a missing item is NotFound whatever version was expected', async () => {
  const error = await fail(UpdateItemDocument, {
    input: { id: newId(), payload: '{"a":1}', expectedVersion: 2 },
  });

  expect(error.errorType).toBe('NotFound');
});

test('expectedVersion 0 makes no sense for an update', async () => {
  const error = await fail(UpdateItemDocument, { input: { id: newId(), payload: '{}', expectedVersion: 0 } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'expectedVersion' } });
});

test('without a payload changes the expiry only, and null removes it', async () => {
  const later = Math.floor(Date.now() / 1000) + 3600;
  const id = await create({ a: 1 });

  const expiring = (await succeed(UpdateItemDocument, { input: { id, expiresAt: later } })).updateItem;
  const kept = await update(id, { b: 2 });
  const lasting = (await succeed(UpdateItemDocument, { input: { id, expiresAt: null } })).updateItem;

  expect(expiring).toMatchObject({ payload: '{"a":1}', expiresAt: later, version: 2 });
  expect(kept).toMatchObject({ expiresAt: later });
  expect(lasting).toMatchObject({ expiresAt: null, version: 4 });
  expect(payloadOf(lasting)).toEqual({ a: 1, b: 2 });
});

test('merges 150 members at once and refuses more by name', async () => {
  const id = await create({});
  const members = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`member${i}`, i]));

  expect(payloadOf(await update(id, members(150)))).toEqual(members(150));
  const error = await fail(UpdateItemDocument, { input: { id, payload: JSON.stringify(members(151)) } });
  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'payload' } });
});

test('20 concurrent merges of different members lose none', async () => {
  const id = await create({});

  await Promise.all(Array.from({ length: 20 }, (_, n) => update(id, { [`m${n}`]: n })));

  const { getItem } = await succeed(GetItemDocument, { id });
  expect(Object.keys(payloadOf(getItem!) as object)).toHaveLength(20);
  expect(getItem!.version).toBe(21);
});
