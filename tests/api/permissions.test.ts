import { describe, expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  GetItemsDocument,
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
import { graphql, newId, subscribe, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';
import { apiKey, type Credentials, type GraphQLResult, iam, user } from './harness/target.ts';

/** Who the items belong to, by who makes them. */
const makers: Record<string, Credentials> = { nobody: apiKey, alice: user('alice'), bob: user('bob') };

const callers: Record<string, Credentials> = {
  'API key': apiKey,
  alice: user('alice'),
  admin: user('root', 'admins'),
  IAM: iam,
};

const EVERYBODY = Object.keys(makers);

/** What each caller may do with whose items: "Who may do what" in the README. */
const allowed: Record<string, { read: string[]; list: string[]; write: string[] }> = {
  'API key': { read: ['nobody'], list: ['nobody'], write: ['nobody'] },
  alice: { read: ['nobody', 'alice'], list: ['alice'], write: ['alice'] },
  admin: { read: EVERYBODY, list: EVERYBODY, write: EVERYBODY },
  IAM: { read: EVERYBODY, list: EVERYBODY, write: EVERYBODY },
};

const cases = Object.keys(callers).flatMap((caller) => EVERYBODY.map((owner) => [caller, owner] as const));

const PAYLOAD = '{"a":1}';
const makePlain = async (owner: string): Promise<string> => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload: PAYLOAD } }, makers[owner]);
  return id;
};
const makeValidated = async (owner: string): Promise<string> => {
  const id = newId();
  const payload = JSON.stringify(product());
  await succeed(PutValidatedItemDocument, { input: { id, kind: 'product', payload } }, makers[owner]);
  return id;
};

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
    const mark = JSON.stringify(newId('mark'));
    await succeed(PutItemDocument, { input: { id, payload: mark } }, makers[owner]);

    const { listItems } = await succeed(
      ListItemsDocument,
      { filter: { payload: [{ path: '', eq: mark }] } },
      credentials,
    );

    expect(listItems.items.map((item) => item.id)).toEqual(may('list') ? [id] : []);
  });

  test(`listItemsByKind ${may('list') ? 'has' : 'does not have'} it`, async () => {
    const id = await makeValidated(owner);
    const item = (await succeed(GetItemDocument, { id }, iam)).getItem!;

    const { listItemsByKind } = await succeed(
      ListItemsByKindDocument,
      { kind: 'product', updatedAt: { ge: item.updatedAt }, limit: 100 },
      credentials,
    );

    expect(listItemsByKind.items.some((one) => one.id === id)).toBe(may('list'));
  });

  const writes: [string, (id: string) => Promise<GraphQLResult<unknown>>][] = [
    ['putItem', (id) => graphql(PutItemDocument, { input: { id, payload: '2' } }, credentials)],
    [
      'putItem with a token',
      (id) => graphql(PutItemDocument, { input: { id, clientRequestToken: newId() } }, credentials),
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
      expect(after === null || after.owner === (owner === 'nobody' ? null : owner)).toBe(true);
      expect(after?.payload === PAYLOAD).toBe(!may('write'));
    },
  );

  const told = may('list') ? 'is told' : 'is not told';
  test(`a subscriber ${told} of its writes`, async () => {
    const id = newId();
    const [puts, updates, deletes] = [
      await subscribe(OnPutItemDocument, { id }, credentials),
      await subscribe(OnUpdateItemDocument, { id }, credentials),
      await subscribe(OnDeleteItemDocument, { id }, credentials),
    ];

    const maker = makers[owner]!;
    await succeed(PutItemDocument, { input: { id } }, maker);
    await succeed(UpdateItemDocument, { input: { id, payload: '1' } }, maker);
    await succeed(DeleteItemDocument, { input: { id } }, maker);

    for (const subscription of [puts, updates, deletes]) {
      const event = subscription.next(may('list') ? undefined : 300).then(
        () => 'told',
        () => 'not told',
      );
      expect(`is ${await event}`).toBe(told);
      subscription.close();
    }
  });
});

describe.each(cases)('%s follows an item of %s', (caller, owner) => {
  const credentials = callers[caller]!;
  const may = allowed[caller]!.list.includes(owner);

  test(`onItemChange ${may ? 'tells' : 'does not tell'} of it, and itemChanges likewise`, async () => {
    const id = newId();
    const [all, own] = [
      await subscribe(OnItemChangeDocument, { filter: { id: { eq: id } } }, iam),
      await subscribe(OnItemChangeDocument, { filter: { id: { eq: id } } }, credentials),
    ];

    await succeed(PutItemDocument, { input: { id } }, makers[owner]);
    await all.next();

    const told = await own.next(may ? undefined : 300).then(
      ({ data }) => data!.onItemChange!.id,
      () => undefined,
    );
    const ids: string[] = [];
    let since = 'PT5M';
    for (let page = 0; page < 50; page += 1) {
      const { itemChanges } = await succeed(ItemChangesDocument, { since, limit: 100 }, credentials);
      if (itemChanges.changes.length === 0) break;
      ids.push(...itemChanges.changes.map((change) => change.id));
      since = itemChanges.cursor;
    }
    expect(told).toBe(may ? id : undefined);
    expect(ids.includes(id)).toBe(may);
    [all, own].forEach((subscription) => subscription.close());
  });
});

test('a user owns what it creates; nobody owns what an API key, an admin or IAM creates', async () => {
  const create = async (credentials: Credentials) =>
    (await succeed(PutItemDocument, { input: { id: newId() } }, credentials)).putItem.owner;

  expect(await create(user('alice'))).toBe('alice');
  expect(await create(apiKey)).toBeNull();
  expect(await create(user('root', 'admins'))).toBeNull();
  expect(await create(iam)).toBeNull();
});

describe('an owner in the input', () => {
  const inputs: [string, (id: string, owner: string | null) => [object, object]][] = [
    ['putItem', (id, owner) => [PutItemDocument, { input: { id, owner } }]],
    [
      'putItem with a token',
      (id, owner) => [PutItemDocument, { input: { id, owner, clientRequestToken: newId() } }],
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

    const given = await send(input(id, 'bob'), user('root', 'admins'));
    const afterGiven = await ownerOf(id);
    const taken = await send(input(id, null), iam);

    expect([given.errors, taken.errors]).toEqual([undefined, undefined]);
    expect(afterGiven).toBe('bob');
    expect(await ownerOf(id)).toBeNull();
  });

  test.each(inputs)('is refused from everybody else: %s', async (_, input) => {
    for (const credentials of [apiKey, user('alice')]) {
      const { errors } = await send(input(newId(), 'alice'), credentials);

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

  const { putItem } = await succeed(PutItemDocument, { input: { id, owner: null } }, user('alice'));
  const { updateItem } = await succeed(UpdateItemDocument, { input: { id, owner: null } }, user('alice'));

  expect([putItem.owner, updateItem.owner]).toEqual(['alice', 'alice']);
});
