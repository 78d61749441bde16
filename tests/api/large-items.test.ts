import { beforeAll, describe, expect, test } from 'vitest';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { bob } from '../../packages/appsync-local/tests/harness/users.ts';
import { GetItemsDocument, ListItemsDocument, PutItemDocument } from '../../schema/generated/operations.ts';
import { eventually, fail, newId, newName, succeed } from './harness/api.ts';

/** More than the 16 MB that DynamoDB reads at once by id, and three times what AppSync answers. */
const COUNT = 45;
const CHARACTERS = 390_000;
const mark = newName('mark');
const ids = Array.from({ length: COUNT }, () => newId('large'));
const filter = { payload: [{ path: 'mark', eq: JSON.stringify(mark) }] };

beforeAll(async () => {
  for (let from = 0; from < COUNT; from += 5) {
    const some = ids.slice(from, from + 5);
    await Promise.all(
      some.map((id) => {
        const payload = JSON.stringify({ mark, text: 'x'.repeat(CHARACTERS) });
        return succeed(PutItemDocument, { input: { id, payload } }, bob);
      }),
    );
  }
}, 120_000);

describe.each<[string, Credentials]>([
  ['a user', bob],
  ['IAM', iam],
])('lists of large items, for %s,', (_, credentials) => {
  const onePage = async (limit: number, nextToken: string | null) =>
    (await succeed(ListItemsDocument, { filter, limit, nextToken }, credentials)).listItems;

  test.each([100, 3])(
    'by %i come short, with a token while there is more',
    async (limit) => {
      await eventually(async () => {
        const pages: string[][] = [];
        let nextToken: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof onePage>> = await onePage(limit, nextToken);
          pages.push(page.items.map(({ id }) => id));
          nextToken = page.nextToken;
        } while (nextToken !== null);

        expect(pages.flat().sort()).toEqual([...ids].sort());
        // Of two items whose JSON is less than a page may have there is room for a third.
        expect(pages.every(({ length }) => length <= Math.min(limit, 4))).toBe(true);
      });
    },
    120_000,
  );
});

describe('getItems', () => {
  test('refuses what one answer does not hold, and says how many it does', async () => {
    const error = await fail(GetItemsDocument, { ids }, bob);

    expect(error).toMatchObject({
      errorType: 'BadRequest',
      errorInfo: { field: 'ids', fits: 12 },
      message: expect.stringMatching(/^the items of these 45 ids are larger than the 5 MB/) as string,
    });
    const { getItems } = await succeed(GetItemsDocument, { ids: ids.slice(0, 12) }, bob);
    expect(getItems.map((item) => item?.id)).toEqual(ids.slice(0, 12));
    expect(await fail(GetItemsDocument, { ids: ids.slice(0, 13) }, bob)).toMatchObject({
      errorInfo: { fits: 12 },
    });
  });

  test('of one large item again and again counts each time', async () => {
    const error = await fail(GetItemsDocument, { ids: Array<string>(20).fill(ids[0]!) }, bob);

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { fits: 12 } });
  });

  test("says nothing of others' items, however large", async () => {
    const { getItems } = await succeed(GetItemsDocument, { ids }, apiKey);

    expect(getItems).toEqual(Array<null>(COUNT).fill(null));
  });
});
