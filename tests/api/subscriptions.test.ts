import { expect, test } from 'vitest';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice, bob } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  OnDeleteItemDocument,
  OnPutItemDocument,
  OnUpdateItemDocument,
  PutItemDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import {
  base64Url,
  connect,
  fail,
  newId,
  nextButKeepAlive,
  startOn,
  subscribe,
  type Subscription,
  succeed,
  target,
  users,
} from './harness/api.ts';
import { product } from './harness/product.ts';

const put = (id: string, credentials?: Parameters<typeof succeed>[2]) =>
  succeed(PutItemDocument, { input: { id, payload: '{"a":1}' } }, credentials);

const FOLLOWING_MUTATIONS: [string, string][] = [
  ['onPutItem', String(OnPutItemDocument)],
  ['onUpdateItem', String(OnUpdateItemDocument)],
  ['onDeleteItem', String(OnDeleteItemDocument)],
];

test.each(FOLLOWING_MUTATIONS)('%s is closed to API keys', async (field, document) => {
  await expect(subscribe(document, {}, apiKey)).rejects.toThrow(
    `Not Authorized to access ${field} on type Subscription`,
  );
});

/** How a writer may select, and whether a user hears of its own item then. */
const SELECTIONS = [
  ['selects owner', 'id version payload owner createdAt updatedAt', true],
  ['leaves owner out', 'id version payload createdAt updatedAt', false],
  ['selects owner by another name', 'id version payload o: owner createdAt updatedAt', false],
  ['gives the name to another field', 'owner: id version payload createdAt updatedAt', false],
  ['selects it in a fragment', '...Some', true],
] as const;

test.each(SELECTIONS)(
  'when the writer %s, others hear nothing of a private item',
  async (_, fields, told) => {
    const [secret, open] = [newId('secret'), newId('open')];
    const selection = `{ ${fields} } }${fields === '...Some' ? ` fragment Some on Item { ${SELECTIONS[0][1]} }` : ''}`;
    const hearers = {
      alice: await Promise.all(FOLLOWING_MUTATIONS.map(([, document]) => subscribe(document, {}, alice))),
      bob: await Promise.all(FOLLOWING_MUTATIONS.map(([, document]) => subscribe(document, {}, bob))),
    };

    for (const [id, writer] of [
      [secret, alice],
      [open, bob],
    ] as const) {
      await succeed(`mutation { putItem(input: { id: "${id}", payload: "1" }) ${selection}`, {}, writer);
      await succeed(`mutation { updateItem(input: { id: "${id}", payload: "2" }) ${selection}`, {}, writer);
      await succeed(`mutation { deleteItem(input: { id: "${id}" }) ${selection}`, {}, writer);
      // What everybody hears of its own, so that what did not come before it did not come.
      await writeAll(newId(`last-of-${writer.user}`), writer);
    }

    for (const subscription of hearers.alice) {
      const heard = await upTo('last-of-alice', subscription);
      expect(heard.includes(secret)).toBe(told);
      expect(heard).not.toContain(open);
    }
    for (const subscription of hearers.bob) {
      expect(await upTo('last-of-bob', subscription)).not.toContain(secret);
    }
    [...hearers.alice, ...hearers.bob].forEach((subscription) => subscription.close());
  },
);

/** Puts, updates and deletes an item with all its fields selected. */
async function writeAll(id: string, credentials: Credentials): Promise<void> {
  await put(id, credentials);
  await succeed(UpdateItemDocument, { input: { id, payload: '{"b":2}' } }, credentials);
  await succeed(DeleteItemDocument, { input: { id } }, credentials);
}

/** The ids that a subscription tells, up to one that has this name in it. */
async function upTo(name: string, subscription: Subscription): Promise<unknown[]> {
  const id = Object.values((await subscription.next()).data!)[0]?.['id'];
  return String(id).includes(name) ? [id] : [id, ...(await upTo(name, subscription))];
}

test('a put, an update and a delete reach their subscribers with what the mutation selected', async () => {
  const id = newId();
  const puts = await subscribe(OnPutItemDocument, { id }, iam);
  const updates = await subscribe(OnUpdateItemDocument, { id }, iam);
  const deletes = await subscribe(OnDeleteItemDocument, { id }, iam);

  const { putItem } = await put(id);
  const { updateItem } = await succeed(UpdateItemDocument, { input: { id, payload: '{"b":2}' } });
  const { deleteItem } = await succeed(DeleteItemDocument, { input: { id } });

  expect(await puts.next()).toEqual({ data: { onPutItem: putItem } });
  expect(await updates.next()).toEqual({ data: { onUpdateItem: updateItem } });
  expect(await deletes.next()).toEqual({ data: { onDeleteItem: deleteItem } });
  [puts, updates, deletes].forEach((subscription) => subscription.close());
});

test('an argument filters: items of other ids are not delivered', async () => {
  const [wanted, other] = [newId(), newId()];
  const subscription = await subscribe(OnPutItemDocument, { id: wanted }, iam);

  await put(other);
  await put(wanted);

  expect((await subscription.next()).data!.onPutItem).toMatchObject({ id: wanted });
  subscription.close();
});

test('an empty argument is met by no item, for whoever subscribes', async () => {
  const subscriptions = [
    await subscribe(OnPutItemDocument, { id: '' }, alice),
    await subscribe(OnPutItemDocument, { kind: '' }, alice), // part: validated-items
    await subscribe(OnPutItemDocument, { id: '' }, iam),
    await subscribe(OnPutItemDocument, { kind: '' }, iam), // part: validated-items
  ];

  await put(newId(), alice);

  for (const subscription of subscriptions) {
    await expect(subscription.next(300)).rejects.toThrow('no message');
    subscription.close();
  }
});

// part: validated-items
test('onPutItem also hears of validated items, by kind', async () => {
  const subscription = await subscribe(OnPutItemDocument, { kind: 'product' }, iam);
  const [plain, id] = [newId(), newId()];

  await put(plain);
  await succeed(PutValidatedItemDocument, {
    input: { id, kind: 'product', payload: JSON.stringify(product()) },
  });

  const heard = await until(id, subscription);
  expect(heard.at(-1)).toMatchObject({ id, kind: 'product' });
  expect(heard.map((item) => item.id)).not.toContain(plain);
  subscription.close();
});
// end: validated-items

/** What a subscriber to everybody's puts hears, up to and with the item that is known to come. */
async function until(id: string, subscription: Subscription): Promise<Record<string, unknown>[]> {
  const item = (await subscription.next()).data!.onPutItem!;
  return item.id === id ? [item] : [item, ...(await until(id, subscription))];
}

test('fields the mutation did not select are null, and required ones are reported', async () => {
  const id = newId();
  const subscription = await subscribe(OnPutItemDocument, { id }, iam);
  await succeed(`mutation { putItem(input: { id: "${id}" }) { id version } }`);

  const { data, errors } = await subscription.next();

  expect(data).toEqual({ onPutItem: null });
  expect(errors!.map(({ message }) => message)).toEqual([
    "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'Item' (/onPutItem/createdAt)",
    "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'Item' (/onPutItem/updatedAt)",
  ]);
  subscription.close();
});

test('a subscriber may use aliases; what the mutation selects under one is null (aws/aws-appsync-community#160)', async () => {
  const id = newId();
  const query = `subscription { onPutItem(id: "${id}") { key: id v: version payload } }`;
  const subscription = await subscribe(query, {}, iam);

  await succeed(
    `mutation { putItem(input: { id: "${id}", payload: "1" }) { id version w: version p: payload } }`,
  );

  expect(await subscription.next()).toEqual({ data: { onPutItem: { key: id, v: 1, payload: null } } });
  subscription.close();
});

test('a failed mutation and a delete of nothing publish nothing', async () => {
  const id = newId();
  const puts = await subscribe(OnPutItemDocument, { id }, iam);
  const deletes = await subscribe(OnDeleteItemDocument, { id }, iam);

  await fail(PutItemDocument, { input: { id, expectedVersion: 5 } });
  await succeed(DeleteItemDocument, { input: { id } });
  const { putItem } = await put(id);
  const { deleteItem } = await succeed(DeleteItemDocument, { input: { id } });

  // The first that they hear of is what has happened.
  expect((await puts.next()).data!.onPutItem).toEqual(putItem);
  expect((await deletes.next()).data!.onDeleteItem).toEqual(deleteItem);
  puts.close();
  deletes.close();
});

test('a user hears of its own items only', async () => {
  const [hers, his] = [newId(), newId()];
  const subscription = await subscribe(OnPutItemDocument, {}, alice);

  await put(his, bob);
  await put(hers, alice);

  const heard = await until(hers, subscription);
  expect([...new Set(heard.map(({ owner }) => owner))]).toEqual([users.alice.sub]);
  expect(heard.map(({ id }) => id)).not.toContain(his);
  subscription.close();
});

test.each([
  ['IAM callers', iam],
  ['admins', admin],
])('%s hear of all items', async (_, credentials) => {
  const [open, hers] = [newId(), newId()];
  const subscription = await subscribe(OnPutItemDocument, {}, credentials);

  await put(open);
  await put(hers, alice);

  const heard = await until(hers, subscription);
  expect(heard.map(({ id }) => id)).toContain(open);
  subscription.close();
});

test('stop ends a subscription with complete', async () => {
  const id = newId();
  const { socket } = await subscribe(OnPutItemDocument, { id }, iam);
  await startOn(socket, 's2', OnPutItemDocument, { id }, iam);

  socket.send({ type: 'stop', id: 's1' });

  expect(await nextButKeepAlive(socket)).toMatchObject({ type: 'complete', id: 's1' });
  await put(id);
  expect(await nextButKeepAlive(socket)).toMatchObject({ type: 'data', id: 's2' });
  socket.send({ type: 'stop', id: 's2' });
  expect(await nextButKeepAlive(socket)).toMatchObject({ type: 'complete', id: 's2' });
  socket.close();
});

test('a wrong key is refused with connection_error, and the socket closes', async () => {
  const socket = await target.openSocket([
    'graphql-ws',
    `header-${base64Url({ host: target.host, 'x-api-key': 'da2-wrong' })}`,
  ]);
  socket.send({ type: 'connection_init' });

  expect(await socket.next()).toEqual({
    type: 'connection_error',
    payload: {
      errors: [
        {
          errorType: 'UnauthorizedException',
          message: 'You are not authorized to make this call.',
          errorCode: 401,
        },
      ],
    },
  });
  expect(await socket.closed).toEqual(expect.any(Number));
});

test('the query string carries credentials as well', async () => {
  const header = Buffer.from(JSON.stringify(await target.realtimeHeadersFor(apiKey, '{}'))).toString(
    'base64',
  );
  const socket = await target.openSocket(
    ['graphql-ws'],
    `?header=${encodeURIComponent(header)}&payload=e30=`,
  );
  socket.send({ type: 'connection_init' });

  expect(await socket.next()).toEqual({ type: 'connection_ack', payload: { connectionTimeoutMs: 300000 } });
  expect(await socket.next()).toEqual({ type: 'ka' });
  socket.close();
});

test.each([
  ['an unknown field', 'subscription { onPutItem { nope } }'],
  ['a syntax error', 'subscription { onPutItem {'],
  ['a query', 'query { getItem(id: "a") { id } }'],
])('%s in a start is answered with an error and its id', async (_, query) => {
  const socket = await connect(iam);
  const data = JSON.stringify({ query, variables: {} });
  socket.send({
    id: 's1',
    type: 'start',
    payload: { data, extensions: { authorization: await target.realtimeHeadersFor(iam, data) } },
  });

  expect(await nextButKeepAlive(socket)).toMatchObject({ type: 'error', id: 's1' });
  socket.close();
});
