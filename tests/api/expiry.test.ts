import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { withItemsTable } from '../../packages/appsync-local/tests/harness/items-table.ts';
import { iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { alice } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  GetItemDocument,
  GetItemsDocument,
  ListItemsDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { eventually, fail, newId, newName, succeed, testNeeding, users } from './harness/api.ts';
import { makeItem } from './harness/attempts.ts';
import { product } from './harness/product.ts';
import { FIELDS } from './harness/who-may.ts';

const past = () => Math.floor(Date.now() / 1000) - 60;

/** An item of Alice's whose time has come. */
async function expired(payload = '1'): Promise<string> {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, payload } }, alice);
  await succeed(PutItemDocument, { input: { id, payload, expiresAt: past() } }, alice);
  return id;
}

test('an expired item is gone for every read', async () => {
  const payload = JSON.stringify(newName('mark'));
  const filter = { payload: [{ path: '', eq: payload }] };
  const lasting = newId();
  const id = await expired(payload);
  await succeed(PutItemDocument, { input: { id: lasting, payload } }, alice);

  expect((await succeed(GetItemDocument, { id }, alice)).getItem).toBeNull();
  expect((await succeed(GetItemsDocument, { ids: [id] }, alice)).getItems).toEqual([null]);
  await eventually(async () => {
    const { listItems } = await succeed(ListItemsDocument, { filter, limit: 100 }, alice);
    expect(listItems.items.map((item) => item.id)).toEqual([lasting]);
    expect(listItems.nextToken).toBeNull();
  });
});

const shows = Object.entries(FIELDS).filter(
  ([field, { deed }]) => field.startsWith('Query.') && deed !== null,
);

test.each(shows)('%s shows an item until it expires, even to IAM callers', async (_, { make, attempts }) => {
  const making = make ?? makeItem;
  const [lasting, gone] = [await making(alice), await making(alice, past())];
  const callers = { maker: alice, caller: iam, witness: alice };

  for (const attempt of Object.values(attempts)) {
    expect((await attempt({ ...lasting, ...callers })).reached).toBe(true);
    const heard = await attempt({ ...gone, ...callers, isExpired: true });
    expect(heard.reached).toBe(false);
    expect(heard.text).not.toContain(gone.secret);
  }
});

test('an expired item is gone for updates and deletes', async () => {
  const id = await expired();

  const error = await fail(UpdateItemDocument, { input: { id, payload: '{}' } }, alice);

  expect(error.errorType).toBe('NotFound');
  expect((await succeed(DeleteItemDocument, { input: { id } }, alice)).deleteItem).toBeNull();
});

/** An item of Alice's, as a script wrote it. */
async function written(id: string, expiresAt: AttributeValue): Promise<void> {
  const time = { S: new Date().toISOString() };
  const Item = {
    ...{ id: { S: id }, owner: { S: users.alice.sub }, payload: { M: { mark: { S: id } } } },
    ...{ version: { N: '1' }, createdAt: time, updatedAt: time, expiresAt },
  };
  await withItemsTable((dynamoDb, TableName) => dynamoDb.send(new PutItemCommand({ TableName, Item })));
}

testNeeding('the items table', 'an expiry that is null, as SDKs write it, hides nothing', async () => {
  const id = newId();
  const filter = { payload: [{ path: 'mark', eq: JSON.stringify(id) }] };
  await written(id, { NULL: true });

  expect((await succeed(GetItemDocument, { id }, alice)).getItem).toMatchObject({ id, expiresAt: null });
  await eventually(async () => {
    const { listItems } = await succeed(ListItemsDocument, { filter }, alice);
    expect(listItems.items).toHaveLength(1);
  });
});

for (const expiresAt of [{ NULL: true }, { S: '1' }] as AttributeValue[]) {
  const name = `an expiry ${JSON.stringify(expiresAt)} prevents no write`;
  testNeeding('the items table', name, async () => {
    const id = newId();
    const input = { id, payload: '{"a":1}', expiresAt: null };
    await written(id, expiresAt);

    expect((await succeed(UpdateItemDocument, { input }, alice)).updateItem.version).toBe(2);
    await written(id, expiresAt);
    expect((await succeed(PutItemDocument, { input }, alice)).putItem.version).toBe(2);
    expect((await succeed(DeleteItemDocument, { input: { id } }, alice)).deleteItem!.version).toBe(2);
  });
}

test('an expired item is created anew at version 1, by anybody', async () => {
  const id = await expired();

  const { putItem } = await succeed(PutItemDocument, { input: { id, payload: '3', expectedVersion: 0 } });

  expect(putItem).toMatchObject({ version: 1, payload: '3', owner: null, expiresAt: null });
  expect(putItem.createdAt).toBe(putItem.updatedAt);
  expect((await succeed(GetItemDocument, { id })).getItem).toEqual(putItem);
});

test('a version expected of an expired item is a conflict that does not show it', async () => {
  const id = await expired();

  const error = await fail(PutItemDocument, { input: { id, expectedVersion: 2 } }, alice);

  expect(error).toMatchObject({ errorType: 'Conflict', data: null, errorInfo: { currentVersion: 0 } });
});

test('an item disappears at its time without anybody writing', async () => {
  const id = newId();
  // Far enough for a busy machine to read the item before.
  const expiresAt = Math.floor(Date.now() / 1000) + 5;
  await succeed(PutItemDocument, { input: { id, expiresAt } });
  expect((await succeed(GetItemDocument, { id })).getItem).toMatchObject({ expiresAt });

  await new Promise((resolve) => setTimeout(resolve, expiresAt * 1000 + 100 - Date.now()));

  // The clock of AWS may be a little behind ours.
  await eventually(async () => expect((await succeed(GetItemDocument, { id })).getItem).toBeNull());
});

test('a replace without an expiry makes the item stay', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id, expiresAt: Math.floor(Date.now() / 1000) + 3600 } });

  const { putItem } = await succeed(PutItemDocument, { input: { id } });

  expect(putItem).toMatchObject({ version: 2, expiresAt: null });
});

/** The last second of the year 9999. */
const LATEST = 253402300799;
const MILLISECONDS =
  'expiresAt 1900000000000 looks like milliseconds; it must be seconds since 1970, which is 1900000000';
const OUT_OF_RANGE = /^expiresAt .* is out of range; it counts seconds since 1970, up to 253402300799/;

/** Every way to write an item, with an expiry. */
const doors: [string, (id: string, expiresAt: number) => Promise<Awaited<ReturnType<typeof fail>>>][] = [
  ['putItem', (id, expiresAt) => fail(PutItemDocument, { input: { id, expiresAt } })],
  [
    'putItem with a token',
    (id, expiresAt) => fail(PutItemDocument, { input: { id, expiresAt, clientRequestToken: id } }),
  ],
  [
    'updateItem',
    async (id, expiresAt) => {
      await succeed(PutItemDocument, { input: { id } });
      return fail(UpdateItemDocument, { input: { id, expiresAt } });
    },
  ],
  // part: validated-items
  [
    'putValidatedItem',
    (id, expiresAt) =>
      fail(PutValidatedItemDocument, {
        input: { id, kind: 'product', payload: JSON.stringify(product()), expiresAt },
      }),
  ],
  // end: validated-items
];

describe.each(doors)('%s refuses an expiry', (_, door) => {
  test('that looks like milliseconds, and says so', async () => {
    expect(await door(newId(), 1_900_000_000_000)).toMatchObject({
      errorType: 'BadRequest',
      message: MILLISECONDS,
      errorInfo: { field: 'expiresAt' },
    });
  });

  test.each([LATEST + 1, 2 ** 53, 31556889864403000])('of %i, past the year 9999', async (expiresAt) => {
    const error = await door(newId(), expiresAt);

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'expiresAt' } });
  });

  test('as far before 1970', async () => {
    expect((await door(newId(), -31557014167219000)).message).toMatch(OUT_OF_RANGE);
  });
});

test('putItems refuses such an expiry by item', async () => {
  const items = [{ id: newId() }, { id: newId(), expiresAt: 1_900_000_000_000 }];

  const error = await fail(PutItemsDocument, { input: { items } });

  expect(error).toMatchObject({
    errorType: 'BadRequest',
    errorInfo: { items: [{ index: 1, errorType: 'BadRequest', message: MILLISECONDS, field: 'expiresAt' }] },
  });
  expect((await succeed(GetItemsDocument, { ids: items.map(({ id }) => id) })).getItems).toEqual([
    null,
    null,
  ]);
});

test('the year 9999 is not too late, and a time that has passed is one', async () => {
  const [last, past] = [newId(), newId()];

  const { putItem } = await succeed(PutItemDocument, { input: { id: last, expiresAt: LATEST } });
  await succeed(PutItemDocument, { input: { id: past, expiresAt: -1 } });

  expect(putItem.expiresAt).toBe(LATEST);
  expect((await succeed(GetItemDocument, { id: last })).getItem).toMatchObject({ expiresAt: LATEST });
  expect((await succeed(GetItemDocument, { id: past })).getItem).toBeNull();
});
