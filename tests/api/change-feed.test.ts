import { describe, expect, test } from 'vitest';
import { KEPT_DAYS } from '../../model/change-log.ts';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice, bob } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  GetItemDocument,
  ItemChangesDocument,
  OnItemChangeDocument,
  PublishItemChangeDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import {
  eventually,
  fail,
  graphql,
  newId,
  own,
  subscribe,
  succeed,
  target,
  testNeeding,
  users,
} from './harness/api.ts';
import { product } from './harness/product.ts';
import { sinceTestBegan } from './harness/test-began.ts';

type Change = Record<string, unknown> & { id: string; order: string };

async function subscribeTo(filter: object, credentials: Credentials = apiKey) {
  const subscription = await subscribe(OnItemChangeDocument, { filter }, credentials);
  return {
    next: async (timeoutMs?: number): Promise<Change> => {
      const { data, errors } = await subscription.next(timeoutMs);
      expect(errors).toBeUndefined();
      return data!.onItemChange as Change;
    },
    close: () => subscription.close(),
  };
}

/** What the log has for a caller from a cursor or a while ago on, page by page to its end, and the cursor there. */
async function readOn(
  since: string | undefined,
  credentials: Credentials = apiKey,
  limit = 100,
): Promise<{ changes: Change[]; cursor: string }> {
  const { itemChanges } = await succeed(ItemChangesDocument, { since, limit }, credentials);
  const { cursor } = itemChanges;
  const changes = itemChanges.changes as Change[];
  // An empty page that has more ends before a change that is just being written.
  if (!itemChanges.hasMore || changes.length === 0) {
    return { changes, cursor };
  }
  const rest = await readOn(cursor, credentials, limit);
  return { changes: [...changes, ...rest.changes], cursor: rest.cursor };
}

/** All changes of these items that the log has for a caller, once so many are there. */
const logged = (ids: string[], count: number, credentials: Credentials = apiKey): Promise<Change[]> =>
  eventually(async () => {
    const { changes } = await readOn(sinceTestBegan(), credentials);
    const found = changes.filter(({ id }) => ids.includes(id));
    expect(found.length).toBeGreaterThanOrEqual(count);
    return found;
  });

/** Payloads as values: the order of an object's members means nothing, and DynamoDB keeps none. */
const comparable = (change: unknown): unknown =>
  JSON.parse(JSON.stringify(change), (name, value: unknown) =>
    name === 'payload' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value,
  );

test('put, update and delete are told as they are in the log, complete and in order', async () => {
  const id = newId();
  const feed = await subscribeTo({ id: { eq: id } });

  const input = { id, payload: '{"a":1}', expiresAt: 9_999_999_999 };
  const { putItem } = await succeed(PutItemDocument, { input });
  const { updateItem } = await succeed(UpdateItemDocument, { input: { id, payload: '{"b":2}' } });
  await succeed(DeleteItemDocument, { input: { id } });

  const told = [await feed.next(), await feed.next(), await feed.next()];
  const about = { id, owner: '', payloadOmitted: false };
  expect(comparable(told)).toMatchObject(
    comparable([
      { ...about, type: 'CREATED', version: 1, item: putItem, previous: null },
      { ...about, type: 'UPDATED', version: 2, item: updateItem, previous: putItem },
      { ...about, type: 'DELETED', version: 2, item: null, previous: updateItem },
    ]) as object[],
  );
  const orders = told.map(({ order }) => order);
  expect(orders).toEqual([...orders].sort());
  expect(new Set(orders).size).toBe(3);
  expect(comparable(await logged([id], 3))).toEqual(comparable(told));
  feed.close();
});

test('bulk writes are told too', async () => {
  const [one, two] = [newId('bulk'), newId('bulk')];
  const feed = await subscribeTo({ id: { in: [one, two] } });

  await succeed(PutItemsDocument, { input: { items: [{ id: one }, { id: two, payload: '0' }] } });

  const told = [await feed.next(), await feed.next()];
  expect(told.map(({ id, type }) => [id, type]).sort()).toEqual(
    [
      [one, 'CREATED'],
      [two, 'CREATED'],
    ].sort(),
  );
  expect(told.find(({ id }) => id === two)!.item).toMatchObject({ payload: '0' });
  feed.close();
});

// part: validated-items
test('validated items are told with their kind', async () => {
  const id = newId('validated');
  const feed = await subscribeTo({ id: { eq: id } });

  await succeed(PutValidatedItemDocument, {
    input: { id, kind: 'product', payload: JSON.stringify(product()) },
  });

  expect(await feed.next()).toMatchObject({ id, kind: 'product', type: 'CREATED' });
  feed.close();
});
// end: validated-items

test('a filter picks by type, and by the beginning of an id', async () => {
  const prefix = newId('room');
  const feed = await subscribeTo({ type: { ne: 'CREATED' }, id: { beginsWith: `${prefix}/` } });

  const wanted = own(`${prefix}/a`);
  await succeed(PutItemDocument, { input: { id: wanted } });
  await succeed(PutItemDocument, { input: { id: prefix } });
  await succeed(PutItemDocument, { input: { id: prefix, payload: '1' } });
  await succeed(PutItemDocument, { input: { id: wanted, payload: '1' } });
  await succeed(DeleteItemDocument, { input: { id: wanted } });

  expect(await feed.next()).toMatchObject({ id: wanted, type: 'UPDATED' });
  expect(await feed.next()).toMatchObject({ id: wanted, type: 'DELETED' });
  feed.close();
});

test('a filter that AppSync would not take is refused with its reason', async () => {
  await expect(subscribeTo({ id: { eq: 'a', ne: 'b' } })).rejects.toThrow('filter.id has eq and ne');
});

testNeeding(
  'a TTL sweep',
  'an item that expires is EXPIRED for its owner, in the log and on the wire',
  async () => {
    const id = newId();
    const feed = await subscribeTo({ id: { eq: id }, type: { eq: 'EXPIRED' } }, alice);

    const expiresAt = Math.floor(Date.now() / 1000) + 1;
    await succeed(PutItemDocument, { input: { id, expiresAt, payload: '"gone soon"' } }, alice);

    // The local server removes what has expired every 30 seconds.
    const { sub: owner } = users.alice;
    expect(await feed.next(60_000)).toMatchObject({
      ...{ owner, payloadOmitted: true, item: null },
      previous: { id, expiresAt, payload: null },
    });
    feed.close();
  },
);

test('after an expiry no change of the item tells its payload', async () => {
  const id = newId();
  // Far enough for a busy machine to log the change before.
  const expiresAt = Math.floor(Date.now() / 1000) + 5;
  const payload = '"gone soon"';
  await succeed(PutItemDocument, { input: { id, payload } }, alice);
  await succeed(PutItemDocument, { input: { id, payload, expiresAt } }, alice);
  const before = await logged([id], 2, alice);

  await new Promise((resolve) => setTimeout(resolve, expiresAt * 1000 + 100 - Date.now()));

  expect(before[1]).toMatchObject({ payloadOmitted: false, item: { payload }, previous: { payload } });
  for (const reader of [alice, iam]) {
    expect((await logged([id], 2, reader))[1]).toMatchObject({
      type: 'UPDATED',
      payloadOmitted: true,
      item: { id, version: 2, expiresAt, payload: null },
      previous: { id, version: 1, payload: null },
    });
  }
});

test('a change too large for a frame comes without payloads and says so', async () => {
  const id = newId();
  const feed = await subscribeTo({ id: { eq: id } });

  await succeed(PutItemDocument, { input: { id, payload: JSON.stringify('x'.repeat(250_000)) } });

  const told = await feed.next();
  expect(told).toMatchObject({
    type: 'CREATED',
    payloadOmitted: true,
    item: { id, version: 1, payload: null },
  });
  expect(await logged([id], 1)).toEqual([told]);
  expect((await succeed(GetItemDocument, { id })).getItem!.payload).toHaveLength(250_002);
  feed.close();
});

test('a cursor leads on: nothing twice, nothing missing', async () => {
  const { cursor } = await readOn(sinceTestBegan(), bob);
  const ids = Array.from({ length: 30 }, () => newId('page'));
  await succeed(PutItemsDocument, { input: { items: ids.map((id) => ({ id })) } }, bob);
  await logged(ids, 30, bob);

  // From the oldest change kept, where those are not a week's.
  const { changes } = await readOn(target.shared ? cursor : undefined, bob, 7);

  const seen = changes.map(({ id }) => id).filter((id) => ids.includes(id));
  expect(seen.sort()).toEqual([...ids].sort());
});

test('logs that have nothing on the first pages are read on from where they begin', async () => {
  const { cursor } = await readOn(sinceTestBegan());
  const busy = newId('busy');
  for (let version = 1; version <= 30; version += 1) {
    await succeed(PutItemDocument, { input: { id: busy } });
  }
  const later = Array.from({ length: 12 }, () => newId('later'));
  await succeed(PutItemsDocument, { input: { items: later.map((id) => ({ id })) } });
  await logged([busy, ...later], 42);

  const { changes } = await readOn(target.shared ? cursor : undefined, apiKey, 5);

  const seen = changes.map(({ id }) => id);
  expect(seen.filter((id) => id === busy)).toHaveLength(30);
  expect(seen.filter((id) => later.includes(id)).sort()).toEqual([...later].sort());
});

test.each([`P${KEPT_DAYS + 1}D`, 'P9250D', 'P9999D'])('%s is longer than changes are kept', async (since) => {
  expect(await fail(ItemChangesDocument, { since })).toMatchObject({
    errorType: 'BadRequest',
    message: expect.stringContaining(`older than the ${KEPT_DAYS} days`) as string,
    errorInfo: { field: 'since' },
  });
});

test("a cursor is its caller's", async () => {
  const { itemChanges } = await succeed(ItemChangesDocument, { since: 'PT1M' }, alice);

  const error = await fail(ItemChangesDocument, { since: itemChanges.cursor }, bob);

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'since' } });
});

test('an item that changes hands is deleted for the one who loses it and created for the one who gains it', async () => {
  const id = newId();
  const [she, he] = [users.alice.sub, users.bob.sub];
  const [hers, his, nobodys] = [
    await subscribeTo({ id: { eq: id } }, alice),
    await subscribeTo({ id: { eq: id } }, bob),
    await subscribeTo({ id: { eq: id } }),
  ];
  await succeed(PutItemDocument, { input: { id } }, alice);
  expect(await hers.next()).toMatchObject({ type: 'CREATED', owner: she });

  await succeed(PutItemDocument, { input: { id, owner: he } }, iam);

  expect(await hers.next()).toMatchObject({ type: 'DELETED', owner: she, item: null });
  expect(await his.next()).toMatchObject({
    type: 'CREATED',
    owner: he,
    item: { owner: he },
    previous: null,
  });
  await expect(hers.next(300)).rejects.toThrow('no message');
  await expect(his.next(10)).rejects.toThrow('no message');
  await expect(nobodys.next(10)).rejects.toThrow('no message');
  expect((await logged([id], 2, alice)).map(({ type }) => type)).toEqual(['CREATED', 'DELETED']);
  expect((await logged([id], 1, bob)).map(({ type }) => type)).toEqual(['CREATED']);
  [hers, his, nobodys].forEach((feed) => feed.close());
});

describe('publishItemChange', () => {
  const input = {
    ...{ type: 'CREATED' as const, version: 1, at: '2026-03-01T12:00:00Z', owner: '', order: '1' },
    ...{ payloadOmitted: false },
  };

  test.each([
    ['an API key', apiKey],
    ['a user', alice],
    ['an admin', admin],
  ])('is not for %s', async (_, credentials) => {
    const id = newId();
    const feed = await subscribeTo({ id: { eq: id } });

    const { errors } = await graphql(PublishItemChangeDocument, { input: { ...input, id } }, credentials);

    expect(errors).toMatchObject([{ errorType: 'Unauthorized' }]);
    await succeed(PublishItemChangeDocument, { input: { ...input, id, type: 'UPDATED' } }, iam);
    expect(await feed.next()).toMatchObject({ id, type: 'UPDATED' });
    feed.close();
  });

  test("by IAM, tells an owned item's change to nobody but its owner", async () => {
    const id = newId();
    const feeds = [await subscribeTo({ id: { eq: id } }), await subscribeTo({ id: { eq: id } }, bob)];
    const hers = await subscribeTo({ id: { eq: id } }, alice);
    const owner = users.alice.sub;

    await succeed(PublishItemChangeDocument, { input: { ...input, id, owner } }, iam);

    expect(await hers.next()).toMatchObject({ id, owner });
    for (const feed of feeds) {
      await expect(feed.next(200)).rejects.toThrow('no message');
    }
    [hers, ...feeds].forEach((feed) => feed.close());
  });
});
