import { expect, test } from 'vitest';
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
import { apiKey, iam } from './harness/target.ts';
import { alice, bob } from './harness/users.ts';

const put = (id: string, credentials?: Parameters<typeof succeed>[2]) =>
  succeed(PutItemDocument, { input: { id, payload: '{"a":1}' } }, credentials);

test('a put, an update and a delete reach their subscribers with what the mutation selected', async () => {
  const id = newId();
  const puts = await subscribe(OnPutItemDocument, { id });
  const updates = await subscribe(OnUpdateItemDocument, { id });
  const deletes = await subscribe(OnDeleteItemDocument, { id });

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
  const subscription = await subscribe(OnPutItemDocument, { id: wanted });

  await put(other);
  await put(wanted);

  expect((await subscription.next()).data!.onPutItem).toMatchObject({ id: wanted });
  subscription.close();
});

test('an empty argument is met by no item, for whoever subscribes', async () => {
  const subscriptions = [
    await subscribe(OnPutItemDocument, { id: '' }),
    await subscribe(OnPutItemDocument, { kind: '' }),
    await subscribe(OnPutItemDocument, { id: '' }, iam),
    await subscribe(OnPutItemDocument, { kind: '' }, iam),
  ];

  await put(newId());

  for (const subscription of subscriptions) {
    await expect(subscription.next(300)).rejects.toThrow('no message');
    subscription.close();
  }
});

test('onPutItem also hears of validated items, by kind', async () => {
  const subscription = await subscribe(OnPutItemDocument, { kind: 'product' });
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

/** What a subscriber to everybody's puts hears, up to and with the item that is known to come. */
async function until(id: string, subscription: Subscription): Promise<Record<string, unknown>[]> {
  const item = (await subscription.next()).data!.onPutItem!;
  return item.id === id ? [item] : [item, ...(await until(id, subscription))];
}

test('fields the mutation did not select are null, and required ones are reported', async () => {
  const id = newId();
  const subscription = await subscribe(OnPutItemDocument, { id });
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
  const subscription = await subscribe(query, {});

  await succeed(
    `mutation { putItem(input: { id: "${id}", payload: "1" }) { id version w: version p: payload } }`,
  );

  expect(await subscription.next()).toEqual({ data: { onPutItem: { key: id, v: 1, payload: null } } });
  subscription.close();
});

test('a failed mutation and a delete of nothing publish nothing', async () => {
  const id = newId();
  const puts = await subscribe(OnPutItemDocument, { id });
  const deletes = await subscribe(OnDeleteItemDocument, { id });

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

test('IAM callers subscribe too', async () => {
  const id = newId();
  const subscription = await subscribe(OnPutItemDocument, { id }, iam);

  await put(id);

  expect((await subscription.next()).data!.onPutItem).toMatchObject({ id });
  subscription.close();
});

test('stop ends a subscription with complete', async () => {
  const id = newId();
  const { socket } = await subscribe(OnPutItemDocument, { id });
  await startOn(socket, 's2', OnPutItemDocument, { id });

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
  const socket = await connect();
  const data = JSON.stringify({ query, variables: {} });
  socket.send({
    id: 's1',
    type: 'start',
    payload: { data, extensions: { authorization: await target.realtimeHeadersFor(apiKey, data) } },
  });

  expect(await nextButKeepAlive(socket)).toMatchObject({ type: 'error', id: 's1' });
  socket.close();
});
