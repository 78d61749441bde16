import { expect, test } from 'vitest';
import type { Credentials, UserCredentials } from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice, bob } from '../../packages/appsync-local/tests/harness/users.ts';
import { GetItemDocument, PutItemDocument, PutItemsDocument } from '../../schema/generated/operations.ts';
import { fail, graphql, newId, newName, succeed, users } from './harness/api.ts';

const versionOf = async (id: string) => (await succeed(GetItemDocument, { id })).getItem?.version;

test('putItem with the same token and input answers the same and writes nothing again', async () => {
  const input = { id: newId(), payload: '{"n":1}', expectedVersion: 0, clientRequestToken: newName('token') };

  const first = await succeed(PutItemDocument, { input });
  await succeed(PutItemDocument, { input: { id: input.id, payload: '2' } });
  const again = await succeed(PutItemDocument, { input });

  expect(again).toEqual(first);
  expect(await versionOf(input.id)).toBe(2);
});

test('putItems with the same token and input answers the same and writes nothing again', async () => {
  const items = [
    { id: newId(), payload: '[1,2]' },
    { id: newId(), expiresAt: 4_000_000_000 },
  ];
  const input = { items, clientRequestToken: newName('token') };

  const first = await succeed(PutItemsDocument, { input }, alice);
  const again = await succeed(PutItemsDocument, { input }, alice);

  expect(again).toEqual(first);
  expect(first.putItems.items[0]).toMatchObject({ owner: users.alice.sub, version: 1 });
});

test.each([
  ['putItem', PutItemDocument, (id: string, n: number) => ({ id, payload: String(n) })],
  ['putItems', PutItemsDocument, (id: string, n: number) => ({ items: [{ id, payload: String(n) }] })],
])('%s refuses a token that was used with another input', async (_, document, inputOf) => {
  const clientRequestToken = newName('token');
  const id = newId();
  await succeed(document as typeof PutItemDocument, {
    input: { ...inputOf(id, 1), clientRequestToken } as never,
  });

  const error = await fail(document as typeof PutItemDocument, {
    input: { ...inputOf(id, 2), clientRequestToken } as never,
  });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'clientRequestToken' } });
  expect(await versionOf(id)).toBe(1);
});

test.each([
  ['putItem', PutItemDocument, (id: string) => ({ id, payload: '1' })],
  ['putItems', PutItemsDocument, (id: string) => ({ items: [{ id, payload: '1' }] })],
])('%s answers a retry from what it wrote, whosever the item is by now', async (_, document, inputOf) => {
  const id = newId();
  const put = (caller: Credentials) =>
    succeed(
      document as typeof PutItemDocument,
      { input: { ...inputOf(id), clientRequestToken: `token-${id}` } as never },
      caller,
    );
  const first = await put(alice);
  const secret = JSON.stringify(newName('secret'));
  await succeed(PutItemDocument, { input: { id, payload: secret, owner: users.bob.sub } }, admin);

  const again = await put(alice);

  expect(again).toEqual(first);
  expect(JSON.stringify(again)).not.toContain('secret');
  expect((await succeed(GetItemDocument, { id }, bob)).getItem).toMatchObject({
    payload: secret,
    version: 2,
  });
});

test('a token belongs to its caller', async () => {
  const clientRequestToken = newName('token');
  const put = (caller: UserCredentials) =>
    succeed(PutItemDocument, { input: { id: newId(), clientRequestToken } }, caller);

  const [hers, his] = [await put(alice), await put(bob)];

  expect([hers.putItem.owner, his.putItem.owner]).toEqual([users.alice.sub, users.bob.sub]);
});

test('twenty retries at once write once', async () => {
  const input = { id: newId(), payload: '1', clientRequestToken: newName('token') };

  const answers = await Promise.all(Array.from({ length: 20 }, () => graphql(PutItemDocument, { input })));

  const succeeded = answers.filter(({ errors }) => !errors);
  expect(succeeded.length).toBeGreaterThan(0);
  expect(new Set(succeeded.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  expect(await versionOf(input.id)).toBe(1);
});

test('a put with a token has the errors of a put', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload: '1' } });

  const error = await fail(PutItemDocument, {
    input: { id, expectedVersion: 7, clientRequestToken: newName('token') },
  });

  expect(error).toMatchObject({
    errorType: 'Conflict',
    data: { id, version: 1, payload: '1' },
    errorInfo: { expectedVersion: 7, currentVersion: 1 },
  });
});

test.each([
  ['blank', ' '],
  ['too long', 'x'.repeat(129)],
])('refuses a %s token', async (_, clientRequestToken) => {
  const error = await fail(PutItemDocument, { input: { id: newId(), clientRequestToken } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'clientRequestToken' } });
});

test('refuses a token with more than it can remember', async () => {
  const payload = JSON.stringify('x'.repeat(360_000));

  const error = await fail(PutItemDocument, {
    input: { id: newId(), payload, clientRequestToken: newName('token') },
  });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'clientRequestToken' } });
  expect(error.message).toContain('send fewer at a time');
});
