import { expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  PutItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { graphql, newId, succeed } from './harness/api.ts';
import { apiKey, type Credentials, iam, user } from './harness/target.ts';

/** Who the items of the table below belong to. */
const makers: Record<string, Credentials> = { nobody: apiKey, alice: user('alice'), bob: user('bob') };

const callers: Record<string, Credentials> = {
  'API key': apiKey,
  alice: user('alice'),
  admin: user('root', 'admins'),
  IAM: iam,
};

/** What each caller may do to whose items: design of the API, "Who may do what". */
const allowed: Record<string, { read: string[]; write: string[] }> = {
  'API key': { read: ['nobody'], write: ['nobody'] },
  alice: { read: ['nobody', 'alice'], write: ['alice'] },
  admin: { read: ['nobody', 'alice', 'bob'], write: ['nobody', 'alice', 'bob'] },
  IAM: { read: ['nobody', 'alice', 'bob'], write: ['nobody', 'alice', 'bob'] },
};

const cases = Object.keys(callers).flatMap((caller) =>
  Object.keys(makers).map((owner) => [caller, owner] as const),
);

test.each(cases)('%s meets an item of %s', async (caller, owner) => {
  const id = newId();
  const { putItem: item } = await succeed(
    PutItemDocument,
    { input: { id, payload: '{"a":1}' } },
    makers[owner],
  );
  const credentials = callers[caller]!;
  const mayWrite = allowed[caller]!.write.includes(owner);
  const expected = mayWrite ? undefined : 'Unauthorized';

  const read = await graphql(GetItemDocument, { id }, credentials);
  const update = await graphql(UpdateItemDocument, { input: { id, payload: '{"b":2}' } }, credentials);
  const put = await graphql(PutItemDocument, { input: { id, payload: '{"c":3}' } }, credentials);
  const remove = await graphql(DeleteItemDocument, { input: { id } }, credentials);

  expect(read.errors).toBeUndefined();
  expect(read.data!.getItem).toEqual(allowed[caller]!.read.includes(owner) ? item : null);
  expect(update.errors?.[0]?.errorType).toBe(expected);
  expect(put.errors?.[0]?.errorType).toBe(expected);
  expect(remove.errors?.[0]?.errorType).toBe(expected);
  if (mayWrite) {
    expect(put.data!.putItem.owner).toBe(item.owner);
  } else {
    expect(JSON.stringify([update.errors, put.errors, remove.errors])).not.toContain('"a"');
  }
});

test('a user owns what it creates; nobody owns what an API key, an admin or IAM creates', async () => {
  const create = async (credentials: Credentials) =>
    (await succeed(PutItemDocument, { input: { id: newId() } }, credentials)).putItem.owner;

  expect(await create(user('alice'))).toBe('alice');
  expect(await create(apiKey)).toBeNull();
  expect(await create(user('root', 'admins'))).toBeNull();
  expect(await create(iam)).toBeNull();
});
