import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../model/input.ts';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice, carol } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  ListItemsByKindDocument,
  ListItemsDocument,
  PutItemDocument,
  PutValidatedItemDocument,
} from '../../schema/generated/operations.ts';
import { eventually, fail, newId, parsed, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';

/** All pages of a listing, one after another. */
async function pages(limit: number, credentials: Credentials): Promise<string[][]> {
  const found: string[][] = [];
  let nextToken: string | null = null;
  do {
    const { listItems }: { listItems: { items: { id: string }[]; nextToken: string | null } } = await succeed(
      ListItemsDocument,
      { limit, nextToken },
      credentials,
    );
    found.push(listItems.items.map(({ id }) => id));
    nextToken = listItems.nextToken;
  } while (nextToken !== null);
  return found;
}

/** Waits until these items are all that Carol has. */
const settled = (ids: string[]): Promise<void> =>
  eventually(async () => expect((await pages(100, carol)).flat().sort()).toEqual([...ids].sort()));

/** Leaves Carol nothing but this many new items. */
async function onlyItems(count: number): Promise<string[]> {
  const old = (await pages(100, carol)).flat();
  await Promise.all(old.map((id) => succeed(DeleteItemDocument, { input: { id } }, carol)));
  const ids = Array.from({ length: count }, () => newId());
  await Promise.all(ids.map((id) => succeed(PutItemDocument, { input: { id } }, carol)));
  await settled(ids);
  return ids;
}

test('pages hold every item once and the last one ends with null', async () => {
  const ids = await onlyItems(25);

  const found = await pages(10, carol);

  expect(found.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(found.flat().sort()).toEqual([...ids].sort());
});

test('nextToken is null when the last page is exactly full', async () => {
  await onlyItems(4);

  expect((await pages(2, carol)).map((page) => page.length)).toEqual([2, 2]);
  expect((await pages(4, carol)).map((page) => page.length)).toEqual([4]);
});

test('a listing of nothing is an empty page without a token', async () => {
  await onlyItems(0);

  const { listItems } = await succeed(ListItemsDocument, {}, carol);

  expect(listItems).toEqual({ items: [], nextToken: null });
});

test('a page does not hold everything unless told', async () => {
  await onlyItems(DEFAULT_LIMIT + 1);

  const { listItems } = await succeed(ListItemsDocument, {}, carol);

  expect(listItems.items).toHaveLength(DEFAULT_LIMIT);
  expect(listItems.nextToken).not.toBeNull();
});

test("a user's items come newest first, and its pages go on in that direction only", async () => {
  await onlyItems(3);
  const { listItems: oldest } = await succeed(ListItemsDocument, {}, carol);
  const newest = { sortDirection: 'DESC' as const, limit: 2 };

  const { listItems: page } = await succeed(ListItemsDocument, newest, carol);
  const next = { limit: 2, nextToken: page.nextToken };
  const { listItems: rest } = await succeed(ListItemsDocument, { ...newest, ...next }, carol);
  const error = await fail(ListItemsDocument, next, carol);

  expect([...page.items, ...rest.items]).toEqual(oldest.items.toReversed());
  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { code: 'next_token_invalid' } });
});

test.each([{ size: 50.5 }, { size: -1 }, { size: 1001 }, { size: null }, { seen: [1] }, { token: 'x' }])(
  'a token that somebody changed is refused: %j',
  async (changed) => {
    await onlyItems(3);
    const { listItems } = await succeed(ListItemsDocument, { limit: 1 }, carol);
    const position = JSON.parse(Buffer.from(listItems.nextToken!, 'base64').toString()) as object;
    const nextToken = Buffer.from(JSON.stringify({ ...position, ...changed })).toString('base64');

    const error = await fail(ListItemsDocument, { limit: 1, nextToken }, carol);

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { code: 'next_token_invalid' } });
  },
);

test.each([apiKey, iam, admin])('what is read by no index has no direction', async (credentials) => {
  const error = await fail(ListItemsDocument, { sortDirection: 'DESC' }, credentials);

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { code: 'sort_without_index' } });
});

test('an API key lists items of nobody, page by page', async () => {
  const [id, owned] = [newId(), newId()];
  await succeed(PutItemDocument, { input: { id } });
  await succeed(PutItemDocument, { input: { id: owned } }, carol);

  await eventually(async () =>
    expect((await pages(100, iam)).flat()).toEqual(expect.arrayContaining([id, owned])),
  );
  const found = (await pages(100, apiKey)).flat();

  expect(found).toContain(id);
  expect(found).not.toContain(owned);
});

test.each([0, -1, MAX_LIMIT + 1])('refuses the limit %i', async (limit) => {
  const error = await fail(ListItemsDocument, { limit });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'limit' } });
});

test.each(['nonsense', '!!!', 'e30=', Buffer.from('{"binding":"x","token":"y"}').toString('base64')])(
  'refuses the made-up token %s',
  async (nextToken) => {
    const error = await fail(ListItemsDocument, { nextToken });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
  },
);

test('refuses a token of another caller', async () => {
  await onlyItems(2);
  const { listItems } = await succeed(ListItemsDocument, { limit: 1 }, carol);

  const error = await fail(ListItemsDocument, { limit: 1, nextToken: listItems.nextToken }, alice);

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
});

// part: validated-items
describe('listItemsByKind', () => {
  const byKind = async (more: Record<string, unknown> = {}) =>
    (await succeed(ListItemsByKindDocument, { kind: 'product', ...more }, carol)).listItemsByKind;

  /** Of Carol's five products, in the order of their last write. */
  let ids: string[];

  beforeEach(async () => {
    await onlyItems(0);
    ids = Array.from({ length: 5 }, () => newId('product'));
    for (const id of ids) {
      const input = { id, kind: 'product', payload: JSON.stringify(product()) };
      await succeed(PutValidatedItemDocument, { input }, carol);
    }
    await settled(ids);
  });

  test('answers items in the order of their last write, either way', async () => {
    const ascending = await byKind();
    const descending = await byKind({ sortDirection: 'DESC' });

    expect(ascending.items.map(({ id }) => id)).toEqual(ids);
    expect(descending.items.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(ascending.nextToken).toBeNull();
  });

  test('pages and bounds its times', async () => {
    const { items } = await byKind();
    const [, second, third, fourth] = items;

    const page = await byKind({ limit: 2 });
    const rest = await byKind({ limit: 10, nextToken: page.nextToken });
    const inner = await byKind({ updatedAt: { ge: second!.updatedAt, lt: fourth!.updatedAt } });
    const after = await byKind({ updatedAt: { gt: second!.updatedAt, le: third!.updatedAt } });

    expect([...page.items, ...rest.items].map(parsed)).toEqual(items.map(parsed));
    expect(inner.items.map(({ id }) => id)).toEqual([second!.id, third!.id]);
    expect(after.items.map(({ id }) => id)).toEqual([third!.id]);
  });

  test('a time with an offset bounds the same instants', async () => {
    const { items } = await byKind();
    const first = new Date(items[0]!.updatedAt);
    const inTokyo = new Date(first.getTime() + 9 * 3600_000).toISOString().replace('Z', '+09:00');

    const found = await byKind({ updatedAt: { le: inTokyo } });

    expect(found.items.map(({ id }) => id)).toEqual([items[0]!.id]);
  });

  test('a token of another kind of listing is refused', async () => {
    const { nextToken } = await byKind({ limit: 1 });

    const error = await fail(ListItemsByKindDocument, { kind: 'country', limit: 1, nextToken }, carol);

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
  });

  test('bounds that hold no time are refused', async () => {
    const updatedAt = { ge: '2026-01-02T00:00:00Z', le: '2026-01-01T00:00:00Z' };

    const error = await fail(ListItemsByKindDocument, { kind: 'country', updatedAt });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'updatedAt' } });
  });
});
// end: validated-items
