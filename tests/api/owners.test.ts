import { describe, expect, test } from 'vitest';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  GetItemDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { graphql, newId, newName, succeed, users } from './harness/api.ts';
import { product } from './harness/product.ts';

async function makePlain(credentials: Credentials): Promise<string> {
  const id = newId();
  await succeed(PutItemDocument, { input: { id } }, credentials);
  return id;
}

test('a user owns what it creates; nobody owns what an API key, an admin or IAM creates', async () => {
  const create = async (credentials: Credentials) =>
    (await succeed(PutItemDocument, { input: { id: newId() } }, credentials)).putItem.owner;

  expect(await create(alice)).toBe(users.alice.sub);
  expect(await create(apiKey)).toBeNull();
  expect(await create(admin)).toBeNull();
  expect(await create(iam)).toBeNull();
});

describe('an owner in the input', () => {
  const inputs: [string, (id: string, owner: string | null) => [object, object]][] = [
    ['putItem', (id, owner) => [PutItemDocument, { input: { id, owner } }]],
    [
      'putItem with a token',
      (id, owner) => [PutItemDocument, { input: { id, owner, clientRequestToken: newName() } }],
    ],
    ['putItems', (id, owner) => [PutItemsDocument, { input: { items: [{ id, owner }] } }]],
    ['updateItem', (id, owner) => [UpdateItemDocument, { input: { id, owner } }]],
    // part: validated-items
    [
      'putValidatedItem',
      (id, owner) => [
        PutValidatedItemDocument,
        { input: { id, kind: 'product', payload: JSON.stringify(product()), owner } },
      ],
    ],
    // end: validated-items
  ];
  const send = ([document, variables]: [object, object], credentials: Credentials) =>
    graphql(document as typeof PutItemDocument, variables as never, credentials);
  const ownerOf = async (id: string) => (await succeed(GetItemDocument, { id }, iam)).getItem?.owner;

  test.each(inputs)('is set and removed by admins and IAM: %s', async (_, input) => {
    const id = await makePlain(alice);

    const given = await send(input(id, users.bob.sub), admin);
    const afterGiven = await ownerOf(id);
    const taken = await send(input(id, null), iam);

    expect([given.errors, taken.errors]).toEqual([undefined, undefined]);
    expect(afterGiven).toBe(users.bob.sub);
    expect(await ownerOf(id)).toBeNull();
  });

  test.each(inputs)('is refused from everybody else: %s', async (_, input) => {
    for (const credentials of [apiKey, alice]) {
      const { errors } = await send(input(newId(), users.alice.sub), credentials);

      expect(errors).toMatchObject([{ errorType: 'Unauthorized' }]);
      expect(errors![0]!.message).toContain('may set owner');
    }
  });

  test.each(inputs)('must be one: %s', async (_, input) => {
    const id = await makePlain(apiKey);

    const { errors } = await send(input(id, ' '), iam);

    expect(errors).toMatchObject([{ errorType: 'BadRequest' }]);
    expect(errors![0]!.message).toContain('owner must not be blank');
  });
});

test('a null owner from a caller who may not set one says nothing', async () => {
  const id = await makePlain(alice);

  const { putItem } = await succeed(PutItemDocument, { input: { id, owner: null } }, alice);
  const { updateItem } = await succeed(UpdateItemDocument, { input: { id, owner: null } }, alice);

  expect([putItem.owner, updateItem.owner]).toEqual([users.alice.sub, users.alice.sub]);
});
