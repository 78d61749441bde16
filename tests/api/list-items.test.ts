import { beforeAll, expect, test } from 'vitest';
import {
  DeleteItemDocument,
  ListItemsByKindDocument,
  ListItemsDocument,
  PutItemDocument,
  PutValidatedItemDocument,
} from '../../schema/generated/operations.ts';
import countries from 'world-countries';
import { fail, newId, parsed, succeed } from './harness/api.ts';
import { type Credentials, iam, user } from './harness/target.ts';

const lister = user(newId('lister'));

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

test('pages hold every item once and the last one ends with null', async () => {
  const ids = Array.from({ length: 25 }, () => newId());
  await Promise.all(ids.map((id) => succeed(PutItemDocument, { input: { id } }, lister)));

  const found = await pages(10, lister);

  expect(found.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(found.flat().sort()).toEqual([...ids].sort());
});

test('nextToken is null when the last page is exactly full', async () => {
  const exact = user(newId('exact'));
  await Promise.all([1, 2, 3, 4].map(() => succeed(PutItemDocument, { input: { id: newId() } }, exact)));

  expect((await pages(2, exact)).map((page) => page.length)).toEqual([2, 2]);
  expect((await pages(4, exact)).map((page) => page.length)).toEqual([4]);
});

test('a listing of nothing is an empty page without a token', async () => {
  const { listItems } = await succeed(ListItemsDocument, {}, user(newId('nobody')));

  expect(listItems).toEqual({ items: [], nextToken: null });
});

test('a page holds 20 items unless told', async () => {
  const many = user(newId('many'));
  await Promise.all(
    Array.from({ length: 21 }, () => succeed(PutItemDocument, { input: { id: newId() } }, many)),
  );

  const { listItems } = await succeed(ListItemsDocument, {}, many);

  expect(listItems.items).toHaveLength(20);
  expect(listItems.nextToken).not.toBeNull();
});

test('an API key lists items of nobody, page by page', async () => {
  const id = newId();
  await succeed(PutItemDocument, { input: { id } });
  const owned = newId();
  await succeed(PutItemDocument, { input: { id: owned } }, lister);

  const found = (await pages(100, { mode: 'apiKey' })).flat();

  expect(found).toContain(id);
  expect(found).not.toContain(owned);
  expect((await pages(100, iam)).flat()).toEqual(expect.arrayContaining([id, owned]));
});

test.each([0, -1, 101])('refuses the limit %i', async (limit) => {
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
  const { listItems } = await succeed(ListItemsDocument, { limit: 1 }, lister);

  const error = await fail(
    ListItemsDocument,
    { limit: 1, nextToken: listItems.nextToken },
    user(newId('other')),
  );

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
});

const NORDIC = ['DK', 'FI', 'IS', 'NO', 'SE'];
const owner = user(newId('atlas'));

/** Countries of this run's own user, so that other runs' countries do not count. */
const byKind = async (more: Record<string, unknown> = {}) =>
  (await succeed(ListItemsByKindDocument, { kind: 'country', ...more }, owner)).listItemsByKind;

const nordicIds: string[] = [];

beforeAll(async () => {
  for (const country of countries.filter(({ cca2 }) => NORDIC.includes(cca2))) {
    const id = newId('country');
    nordicIds.push(id);
    // Codes are unique within the kind; a country of another run is in the way and goes first.
    await deleteHolders(country.cca2);
    await succeed(
      PutValidatedItemDocument,
      { input: { id, kind: 'country', payload: JSON.stringify(country) } },
      owner,
    );
  }
});

async function deleteHolders(cca2: string): Promise<void> {
  const { listItemsByKind } = await succeed(ListItemsByKindDocument, { kind: 'country', limit: 100 }, iam);
  const holders = listItemsByKind.items.filter(({ payload }) => JSON.parse(payload!).cca2 === cca2);
  await Promise.all(holders.map(({ id }) => succeed(DeleteItemDocument, { input: { id } }, iam)));
}

test('listItemsByKind answers items in the order of their last write, either way', async () => {
  const ascending = await byKind();
  const descending = await byKind({ sortDirection: 'DESC' });

  expect(ascending.items.map(({ id }) => id)).toEqual(nordicIds);
  expect(descending.items.map(({ id }) => id)).toEqual([...nordicIds].reverse());
  expect(ascending.nextToken).toBeNull();
});

test('listItemsByKind pages and bounds its times', async () => {
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

  const error = await fail(ListItemsByKindDocument, { kind: 'product', limit: 1, nextToken }, owner);

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
});

test('bounds that hold no time are refused', async () => {
  const updatedAt = { ge: '2026-01-02T00:00:00Z', le: '2026-01-01T00:00:00Z' };

  const error = await fail(ListItemsByKindDocument, { kind: 'country', updatedAt });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'updatedAt' } });
});
