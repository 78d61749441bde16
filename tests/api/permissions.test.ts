import { describe, expect, test } from 'vitest';
import {
  apiKey,
  type Credentials,
  type GraphQLResult,
  iam,
} from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice, bob } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  GetItemDocument,
  GetItemsDocument,
  type ItemFilterInput,
  ListItemsByKindDocument,
  ListItemsDocument,
  ItemChangesDocument,
  OnDeleteItemDocument,
  OnItemChangeDocument,
  OnPutItemDocument,
  OnUpdateItemDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import {
  eventually,
  graphql,
  newId,
  newName,
  subscribe,
  type Subscription,
  succeed,
  users,
} from './harness/api.ts';
import { product } from './harness/product.ts';

/** Who the items belong to, by who makes them. */
const makers: Record<string, Credentials> = { nobody: apiKey, alice, bob };
const owners: Record<string, string | null> = {
  nobody: null,
  alice: users.alice.sub,
  bob: users.bob.sub,
};

const callers: Record<string, Credentials> = { 'API key': apiKey, alice, admin, IAM: iam };

const EVERYBODY = Object.keys(makers);

/** What each caller may do with whose items: "Permissions" in the README. */
const allowed: Record<string, { read: string[]; list: string[]; write: string[] }> = {
  'API key': { read: ['nobody'], list: ['nobody'], write: ['nobody'] },
  alice: { read: ['nobody', 'alice'], list: ['alice'], write: ['alice'] },
  admin: { read: EVERYBODY, list: EVERYBODY, write: EVERYBODY },
  IAM: { read: EVERYBODY, list: EVERYBODY, write: EVERYBODY },
};

const cases = Object.keys(callers).flatMap((caller) => EVERYBODY.map((owner) => [caller, owner] as const));

const PAYLOAD = '{"a":1}';
async function makePlain(owner: string): Promise<string> {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload: PAYLOAD } }, makers[owner]);
  return id;
}
async function makeValidated(owner: string): Promise<string> {
  const id = newId();
  const payload = JSON.stringify(product());
  await succeed(PutValidatedItemDocument, { input: { id, kind: 'product', payload } }, makers[owner]);
  return id;
}

/** The ids of all items that a listing shows, page by page. */
async function listed(
  filter: ItemFilterInput,
  credentials: Credentials,
  nextToken: string | null = null,
): Promise<string[]> {
  const { listItems } = await succeed(ListItemsDocument, { filter, limit: 100, nextToken }, credentials);
  const ids = listItems.items.map(({ id }) => id);
  return listItems.nextToken === null
    ? ids
    : [...ids, ...(await listed(filter, credentials, listItems.nextToken))];
}

/** The ids of the products since a time. */
async function listedByKind(
  since: string,
  credentials: Credentials,
  nextToken: string | null = null,
): Promise<string[]> {
  const { listItemsByKind } = await succeed(
    ListItemsByKindDocument,
    { kind: 'product', updatedAt: { ge: since }, limit: 100, nextToken },
    credentials,
  );
  const ids = listItemsByKind.items.map(({ id }) => id);
  return listItemsByKind.nextToken === null
    ? ids
    : [...ids, ...(await listedByKind(since, credentials, listItemsByKind.nextToken))];
}

/** The ids of what the log of changes tells a caller from a cursor or a while ago on. */
async function loggedIds(since: string, credentials: Credentials): Promise<string[]> {
  const { itemChanges } = await succeed(ItemChangesDocument, { since, limit: 100 }, credentials);
  const ids = itemChanges.changes.map(({ id }) => id);
  return ids.length === 0 ? ids : [...ids, ...(await loggedIds(itemChanges.cursor, credentials))];
}

describe.each(cases)('%s meets an item of %s', (caller, owner) => {
  const credentials = callers[caller]!;
  const may = (what: 'read' | 'list' | 'write'): boolean => allowed[caller]![what].includes(owner);

  test(`getItem and getItems ${may('read') ? 'find' : 'do not find'} it`, async () => {
    const id = await makePlain(owner);

    const { getItem } = await succeed(GetItemDocument, { id }, credentials);
    const { getItems } = await succeed(GetItemsDocument, { ids: [id] }, credentials);

    expect(getItem?.id).toBe(may('read') ? id : undefined);
    expect(getItems[0]?.id).toBe(may('read') ? id : undefined);
  });

  test(`listItems ${may('list') ? 'has' : 'does not have'} it`, async () => {
    const id = await makePlain(owner);
    const mark = JSON.stringify(newName('mark'));
    await succeed(PutItemDocument, { input: { id, payload: mark } }, makers[owner]);
    const filter = { payload: [{ path: '', eq: mark }] };

    await eventually(async () => expect(await listed(filter, makers[owner]!)).toEqual([id]));
    await eventually(async () => expect(await listed(filter, credentials)).toEqual(may('list') ? [id] : []));
  });

  test(`listItemsByKind ${may('list') ? 'has' : 'does not have'} it`, async () => {
    const id = await makeValidated(owner);
    const { updatedAt } = (await succeed(GetItemDocument, { id }, iam)).getItem!;

    await eventually(async () => expect(await listedByKind(updatedAt, makers[owner]!)).toContain(id));
    await eventually(async () =>
      expect((await listedByKind(updatedAt, credentials)).includes(id)).toBe(may('list')),
    );
  });

  const writes: [string, (id: string) => Promise<GraphQLResult<unknown>>][] = [
    ['putItem', (id) => graphql(PutItemDocument, { input: { id, payload: '2' } }, credentials)],
    [
      'putItem with a token',
      (id) => graphql(PutItemDocument, { input: { id, clientRequestToken: newName() } }, credentials),
    ],
    [
      'putItems',
      (id) => graphql(PutItemsDocument, { input: { items: [{ id, payload: '2' }] } }, credentials),
    ],
    ['updateItem', (id) => graphql(UpdateItemDocument, { input: { id, payload: '{"b":2}' } }, credentials)],
    ['deleteItem', (id) => graphql(DeleteItemDocument, { input: { id } }, credentials)],
    [
      'putValidatedItem',
      (id) =>
        graphql(
          PutValidatedItemDocument,
          { input: { id, kind: 'product', payload: JSON.stringify(product()) } },
          credentials,
        ),
    ],
  ];
  test.each(writes)(
    `%s is ${may('write') ? 'allowed' : 'refused'} and leaves the owner`,
    async (_, write) => {
      const id = await makePlain(owner);

      const { errors } = await write(id);

      const after = (await succeed(GetItemDocument, { id }, iam)).getItem;
      expect(errors?.map(({ errorType }) => errorType)).toEqual(may('write') ? undefined : ['Unauthorized']);
      expect(JSON.stringify(errors ?? '')).not.toContain('"a"');
      expect(after === null || after.owner === owners[owner]).toBe(true);
      expect(after?.payload === PAYLOAD).toBe(!may('write'));
    },
  );

  const told = may('list') ? 'is told' : 'is not told';
  test.skipIf(credentials === apiKey)(`a subscriber ${told} of its writes`, async () => {
    const id = newId();
    const subscriptions = [
      await subscribe(OnPutItemDocument, { id }, credentials),
      await subscribe(OnUpdateItemDocument, { id }, credentials),
      await subscribe(OnDeleteItemDocument, { id }, credentials),
    ];

    await writeEveryWay(id, 'theirs', makers[owner]!);
    await writeEveryWay(id, 'own', credentials);

    // What the caller does itself it hears of in any case, and what comes before that it must not have heard of.
    for (const subscription of subscriptions) {
      expect(await nextPayload(subscription)).toBe(may('list') ? 'theirs' : 'own');
      subscription.close();
    }
  });
});

/** Puts, updates and deletes an item. */
async function writeEveryWay(id: string, payload: string, credentials: Credentials): Promise<void> {
  const input = { id, payload: JSON.stringify(payload) };
  await succeed(PutItemDocument, { input }, credentials);
  await succeed(UpdateItemDocument, { input }, credentials);
  await succeed(DeleteItemDocument, { input: { id } }, credentials);
}

async function nextPayload(subscription: Subscription): Promise<unknown> {
  const { data } = await subscription.next();
  return JSON.parse(Object.values(data!)[0]!['payload'] as string);
}

describe.each(cases)('%s follows an item of %s', (caller, owner) => {
  const credentials = callers[caller]!;
  const may = allowed[caller]!.list.includes(owner);

  test(`onItemChange ${may ? 'tells' : 'does not tell'} of it, and itemChanges likewise`, async () => {
    const id = newId();
    const changes = await subscribe(OnItemChangeDocument, { filter: { id: { eq: id } } }, credentials);

    await succeed(PutItemDocument, { input: { id } }, makers[owner]);
    await eventually(async () => expect(await loggedIds('PT5M', makers[owner]!)).toContain(id));

    expect((await loggedIds('PT5M', credentials)).includes(id)).toBe(may);
    // Another change of the item, which the caller hears of in any case.
    await succeed(DeleteItemDocument, { input: { id } }, makers[owner]);
    await succeed(PutItemDocument, { input: { id, payload: '"own"' } }, credentials);
    const heard = (await changes.next()).data!.onItemChange as { item: { payload: string | null } };
    expect(heard.item.payload).toBe(may ? null : '"own"');
    changes.close();
  });
});

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
    [
      'putValidatedItem',
      (id, owner) => [
        PutValidatedItemDocument,
        { input: { id, kind: 'product', payload: JSON.stringify(product()), owner } },
      ],
    ],
  ];
  const send = ([document, variables]: [object, object], credentials: Credentials) =>
    graphql(document as typeof PutItemDocument, variables as never, credentials);
  const ownerOf = async (id: string) => (await succeed(GetItemDocument, { id }, iam)).getItem?.owner;

  test.each(inputs)('is set and removed by admins and IAM: %s', async (_, input) => {
    const id = await makePlain('alice');

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
    const id = await makePlain('nobody');

    const { errors } = await send(input(id, ' '), iam);

    expect(errors).toMatchObject([{ errorType: 'BadRequest' }]);
    expect(errors![0]!.message).toContain('owner must not be blank');
  });
});

test('a null owner from a caller who may not set one says nothing', async () => {
  const id = await makePlain('alice');

  const { putItem } = await succeed(PutItemDocument, { input: { id, owner: null } }, alice);
  const { updateItem } = await succeed(UpdateItemDocument, { input: { id, owner: null } }, alice);

  expect([putItem.owner, updateItem.owner]).toEqual([users.alice.sub, users.alice.sub]);
});
