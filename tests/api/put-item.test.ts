import { expect, test } from 'vitest';
import { GetItemDocument, PutItemDocument } from '../../schema/generated/operations.ts';
import { fail, newId, newName, own, parsed, succeed } from './harness/api.ts';

const put = async (input: Parameters<typeof putRaw>[0]) => (await putRaw(input)).putItem;
const putRaw = (input: {
  id: string;
  payload?: string | null;
  expectedVersion?: number;
  expiresAt?: number;
}) => succeed(PutItemDocument, { input });
const get = async (id: string) => (await succeed(GetItemDocument, { id })).getItem;

test('creates an item at version 1 and reads it back', async () => {
  const id = newId();

  const created = await put({ id, payload: '{"name":"lamp","price":{"minor":1999}}' });

  expect(created).toMatchObject({ id, version: 1, owner: null, expiresAt: null });
  expect(created).toMatchObject({ kind: null }); // part: validated-items
  expect(JSON.parse(created.payload!)).toEqual({ name: 'lamp', price: { minor: 1999 } });
  expect(created.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(parsed(await get(id))).toEqual(parsed(created));
});

test('replaces an item: the version grows by one, createdAt stays, updatedAt moves', async () => {
  const id = newId();
  const created = await put({ id, payload: '{"a":1}' });
  await new Promise((resolve) => setTimeout(resolve, 5));

  const replaced = await put({ id, payload: '{"b":2}' });

  expect(replaced).toMatchObject({ version: 2, createdAt: created.createdAt, payload: '{"b":2}' });
  expect(replaced.updatedAt > created.updatedAt).toBe(true);
});

test.each([
  '0',
  'false',
  '""',
  'null',
  '[]',
  '{}',
  '-1.5',
  '"text"',
  '[0,false,"",null]',
  '{"a":{"b":[{"c":null}]}}',
])('keeps the payload %s on every path', async (payload) => {
  const id = newId();

  const created = await put({ id, payload });

  expect(parsed(created)?.payload).toEqual(JSON.parse(payload));
  expect(parsed(await get(id))?.payload).toEqual(JSON.parse(payload));
});

test('stores null for an absent payload', async () => {
  const id = newId();

  const created = await put({ id });

  expect(created.payload).toBeNull();
  expect((await get(id))?.payload).toBeNull();
});

test.each(['', ' ', '\t\n'])('refuses the blank id %j', async (id) => {
  const error = await fail(PutItemDocument, { input: { id } });

  expect(error).toMatchObject({
    errorType: 'BadRequest',
    message: 'id is required',
    errorInfo: { field: 'id' },
  });
});

test('takes ids with spaces, slashes, quotes, emoji and names of JavaScript', async () => {
  for (const id of [
    newId('a b/c"d'),
    newId('😀'),
    own(`__proto__${newName()}`),
    own(`constructor${newName()}`),
  ]) {
    expect((await put({ id, payload: '1' })).id).toBe(id);
    expect((await get(id))?.id).toBe(id);
  }
});

test('refuses an id longer than a DynamoDB key', async () => {
  const error = await fail(PutItemDocument, { input: { id: 'é'.repeat(1025) } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'id' } });
  expect(error.message).toContain('2050 bytes');
});

test('refuses an item over 400 KB by name', async () => {
  const payload = JSON.stringify('x'.repeat(420_000));

  const error = await fail(PutItemDocument, { input: { id: newId(), payload } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'payload' } });
});

test('keeps an item of 390 KB', async () => {
  const id = newId();
  const payload = JSON.stringify({ text: 'x'.repeat(390_000) });

  await put({ id, payload });

  expect((await get(id))?.payload).toBe(payload);
});
