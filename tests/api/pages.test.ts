import { beforeAll, describe, expect, test } from 'vitest';
import { type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { bob, dave } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  type ItemFilterInput,
  ListItemsDocument,
  PutItemsDocument,
} from '../../schema/generated/operations.ts';
import { eventually, newId, newName, succeed, target } from './harness/api.ts';

/** A user of this file alone where the API has one, so that whole pages can be asserted; elsewhere one whose items others write too. */
const owner = await target.headersFor(dave, '').then(
  () => dave,
  () => bob,
);

const COUNT = 990;
const mark = newName('mark');

/** What the items hold: the nth is met by `n lt x` for x items of COUNT. */
const payloadOf = (n: number): string => JSON.stringify({ n, mark });

async function putMany(from: number, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = from; n < from + count; n += 99) {
    const items = Array.from({ length: Math.min(99, from + count - n) }, (_, k) => ({
      id: newId(),
      // Far from the order they are written in.
      payload: payloadOf(((n + k) * 617) % COUNT),
    }));
    await succeed(PutItemsDocument, { input: { items } }, owner);
    ids.push(...items.map(({ id }) => id));
  }
  return ids;
}

const fewer = (count: number): ItemFilterInput => ({
  payload: [
    { path: 'mark', eq: JSON.stringify(mark) },
    { path: 'n', lt: String(count) },
  ],
});

async function onePage(
  filter: ItemFilterInput,
  limit: number,
  credentials: Credentials,
  nextToken: string | null,
) {
  const { listItems } = await succeed(ListItemsDocument, { filter, limit, nextToken }, credentials);
  return listItems;
}

async function allPages(
  filter: ItemFilterInput,
  limit: number,
  credentials: Credentials,
  between: () => Promise<unknown> = async () => undefined,
): Promise<string[][]> {
  const pages: string[][] = [];
  let nextToken: string | null = null;
  do {
    const page = await onePage(filter, limit, credentials, nextToken);
    pages.push(page.items.map(({ id }) => id));
    nextToken = page.nextToken;
    if (nextToken !== null) {
      await between();
    }
  } while (nextToken !== null);
  return pages;
}

beforeAll(async () => {
  await putMany(0, COUNT);
  await eventually(async () => expect((await allPages(fewer(COUNT), 100, owner)).flat()).toHaveLength(COUNT));
});

describe.each<[string, Credentials]>([
  ['Query of a user', owner],
  ['Scan of IAM', iam],
])('pages of a %s', (_, credentials) => {
  test.each([
    [0, 20],
    [1, 20],
    [1, 1],
    [9, 4],
    [99, 7],
    [99, 99],
    [99, 100],
    [495, 100],
    [990, 33],
    [990, 90],
  ])('that meet %i of 990 items, by %i', async (count, limit) => {
    const pages = await allPages(fewer(count), limit, credentials);

    const found = pages.flat();
    const full = Math.floor(count / limit);
    const rest = count % limit;
    expect(new Set(found).size).toBe(count);
    expect(found).toHaveLength(count);
    // All pages are full but the last one, and the last one is told to be it; a Scan of others' items may be cut short.
    if (credentials === dave || !target.shared) {
      expect(pages.map(({ length }) => length)).toEqual([
        ...Array<number>(full).fill(limit),
        ...(rest > 0 || full === 0 ? [rest] : []),
      ]);
    }
  });
});

test.each<[string, Credentials]>([
  ['Query', owner],
  ['Scan', iam],
])('no item of a %s is met twice or missed while others are written', async (_, credentials) => {
  const filter = fewer(300);
  const before = (await allPages(filter, 100, credentials)).flat();

  const found = (await allPages(filter, 11, credentials, () => putMany(0, 5))).flat();

  expect(new Set(found).size).toBe(found.length);
  expect(found).toEqual(expect.arrayContaining(before));
});
