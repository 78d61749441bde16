import { beforeAll, describe, expect, test } from 'vitest';
import { type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { alice } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  GetItemDocument,
  type ItemFilterInput,
  ListItemsByKindDocument,
  ListItemsDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  type PayloadFilterInput,
} from '../../schema/generated/operations.ts';
import { eventually, fail, newId, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';

/** Deep enough for DynamoDB to hold: 31 maps around a value. */
const deep = (levels: number): unknown =>
  Array(levels)
    .fill(0)
    .reduce((inner) => ({ d: inner }), 1);

const payloads: Record<string, unknown> = {
  small: { n: 5, text: 'apple pie', size: { width: 10 }, tags: ['red', 'round'], flag: true, gone: null },
  large: { n: 40, text: 'banana', size: { width: 200 }, tags: ['yellow'], flag: false },
  texts: { n: '5', text: 'Apple', list: [{ sku: 'A' }, { sku: 'B' }] },
  odd: { 'a.b': { 'c d': 1 }, 'quo"te': 2, 'brack[0]et': 3, ünï: 4, 'sl/ash~x': 5, select: 6 },
  deep: deep(30),
  numbered: { list: { 1: { sku: 'B' }, '01': 'zero' } },
  rows: [{ s: 'q' }, [1, { deep: [2] }]],
  scalar: 'just text',
  nothing: null,
};
const ids: Record<string, string> = Object.fromEntries(
  Object.keys(payloads).map((name) => [name, newId(name)]),
);

beforeAll(async () => {
  const items = Object.keys(payloads).map((name) => ({
    id: ids[name]!,
    payload: JSON.stringify(payloads[name]),
  }));
  await succeed(PutItemsDocument, { input: { items } }, alice);
  await eventually(async () => expect(await found({ version: { ge: 1 } })).toHaveLength(items.length));
});

/** The ids of all items of Alice's that a filter lets through. */
async function listed(filter: ItemFilterInput, nextToken: string | null = null): Promise<string[]> {
  const { listItems } = await succeed(ListItemsDocument, { filter, limit: 100, nextToken }, alice);
  const found = listItems.items.map(({ id }) => id);
  return listItems.nextToken === null ? found : [...found, ...(await listed(filter, listItems.nextToken))];
}

/** Those of the payloads that a filter lets through, by name. */
async function found(filter: ItemFilterInput): Promise<string[]> {
  const all = await listed(filter);
  return Object.keys(ids)
    .filter((name) => all.includes(ids[name]!))
    .sort();
}
const payload = (...payload: PayloadFilterInput[]): Promise<string[]> => found({ payload });
const json = (value: unknown): string => JSON.stringify(value);

const both = ['numbered', 'texts'];

test.each<[string, PayloadFilterInput, string[]]>([
  ['eq a number', { path: 'n', eq: '5' }, ['small']],
  ['eq a text', { path: 'n', eq: '"5"' }, ['texts']],
  ['eq true', { path: 'flag', eq: 'true' }, ['small']],
  ['eq null', { path: 'gone', eq: 'null' }, ['small']],
  ['eq an object', { path: 'size', eq: '{"width":10}' }, ['small']],
  ['eq a list', { path: 'tags', eq: '["yellow"]' }, ['large']],
  ['lt, as numbers', { path: 'n', lt: '40' }, ['small']],
  ['le', { path: 'n', le: '40' }, ['large', 'small']],
  ['gt', { path: 'n', gt: '5' }, ['large']],
  ['ge', { path: 'n', ge: '5' }, ['large', 'small']],
  ['gt, as texts', { path: 'text', gt: '"a"' }, ['large', 'small']],
  ['between', { path: 'n', between: ['1', '10'] }, ['small']],
  ['between texts', { path: 'text', between: ['"A"', '"B"'] }, ['texts']],
  ['in', { path: 'n', in: ['40', '"5"', '7'] }, ['large', 'texts']],
  ['contains a part', { path: 'text', contains: '"pp"' }, ['small', 'texts']],
  ['contains an element', { path: 'tags', contains: '"round"' }, ['small']],
  ['beginsWith', { path: 'text', beginsWith: '"app"' }, ['small']],
  ['exists', { path: 'gone', exists: true }, ['small']],
  ['a nested path', { path: 'size.width', gt: '100' }, ['large']],
  ['a list position', { path: 'list[1].sku', eq: '"B"' }, ['texts']],
  ['a pointer into a list, and to a member named by digits', { path: '/list/1/sku', eq: '"B"' }, both],
  ['digits with a leading zero', { path: '/list/01', eq: '"zero"' }, ['numbered']],
  ['a pointer into a payload that is a list', { path: '/0/s', eq: '"q"' }, ['rows']],
  ['a position in a payload that is a list', { path: '[0].s', eq: '"q"' }, ['rows']],
  ['positions in lists of lists', { path: '[1][1].deep[0]', eq: '2' }, ['rows']],
  ['the same as a pointer', { path: '/1/1/deep/0', eq: '2' }, ['rows']],
  ['a pointer, exists', { path: '/list/1/sku', exists: true }, both],
  ['a pointer, in', { path: '/list/0/sku', in: ['"A"', '"B"'] }, ['texts']],
  ['null beside a bound', { path: 'n', eq: null, ne: null, gt: '1', le: null }, ['large', 'small']],
  ['JSON null beside exists', { path: 'gone', eq: 'null', exists: true }, ['small']],
  ['null beside a value', { path: 'n', ne: null, eq: '5' }, ['small']],
  ['several operators', { path: 'n', gt: '1', lt: '10' }, ['small']],
  ['the payload itself', { path: '', eq: '"just text"' }, ['scalar']],
  ['a null payload', { path: '', eq: 'null' }, ['nothing']],
  ['a name with a dot and one with a blank', { path: '/a.b/c d', eq: '1' }, ['odd']],
  ['a name with a quote', { path: 'quo"te', eq: '2' }, ['odd']],
  ['a name with brackets', { path: '/brack[0]et', eq: '3' }, ['odd']],
  ['a name beyond ASCII', { path: 'ünï', eq: '4' }, ['odd']],
  ['a name with a slash and a tilde', { path: '/sl~1ash~0x', eq: '5' }, ['odd']],
  ['a reserved word', { path: 'select', eq: '6' }, ['odd']],
  ['30 levels', { path: Array(30).fill('d').join('.'), eq: '1' }, ['deep']],
])('payload: %s', async (_, condition, expected) => {
  expect(await payload(condition)).toEqual(expected);
});

test('ne is true where there is no value, too', async () => {
  expect(await payload({ path: 'n', ne: '5' })).toEqual(
    Object.keys(ids)
      .filter((name) => name !== 'small')
      .sort(),
  );
});

test('ne and a missing value are told of each place that a pointer may lead to', async () => {
  const others = Object.keys(ids)
    .filter((name) => !both.includes(name))
    .sort();

  expect(await payload({ path: '/list/1/sku', ne: '"B"' })).toEqual(others);
  expect(await payload({ path: '/list/1/sku', exists: false })).toEqual(others);
});

test('what is null is as good as absent, down to the whole filter', async () => {
  const all = Object.keys(ids).sort();
  const nothing: ItemFilterInput[] = [
    {},
    { version: null, updatedAt: null, and: null, or: null, not: null, payload: null },
    { version: { ge: null, between: null }, createdAt: { gt: null } },
    { kind: null, version: { eq: null } }, // part: validated-items
    { kind: { eq: null } }, // part: validated-items
    { payload: [{ path: 'n', lt: null }] },
  ];

  for (const filter of nothing) {
    expect(await found(filter)).toEqual(all);
  }
  const besideOne = {
    payload: [
      { path: 'absent', lt: null },
      { path: 'n', eq: '5' },
    ],
  };
  expect(await found(besideOne)).toEqual(['small']);
  expect(await found({ updatedAt: { ge: '2020-01-01T00:00Z', lt: null }, version: null })).toEqual(all);
});

describe.each<[string, Credentials]>([
  ['a user', alice],
  ['IAM', iam],
])('bounds on times, for %s', (_, credentials) => {
  /** How many of the one item below they let through. */
  const count = async (filter: ItemFilterInput): Promise<number> => {
    const one = { ...filter, payload: [{ path: 'flag', eq: 'true' }] };
    const { listItems } = await succeed(ListItemsDocument, { filter: one, limit: 100 }, credentials);
    return listItems.items.filter(({ id }) => id === ids['small']).length;
  };
  const timeOf = async (): Promise<string> =>
    (await succeed(GetItemDocument, { id: ids['small']! }, alice)).getItem!.updatedAt;

  test.each(['createdAt', 'updatedAt'])('finer than %s is stored round the right way', async (member) => {
    const time = await timeOf();
    const later = time.replace('Z', '4Z');
    const counts = async (bound: string) =>
      Promise.all(['ge', 'gt', 'le', 'lt'].map((operator) => count({ [member]: { [operator]: bound } })));

    expect(await counts(time)).toEqual([1, 0, 1, 0]);
    expect(await counts(time.replace('Z', '000000Z'))).toEqual([1, 0, 1, 0]);
    expect(await counts(later)).toEqual([0, 0, 1, 1]);
    expect(await counts(later.replace('Z', '00001+00:00'))).toEqual([0, 0, 1, 1]);
    expect(await count({ [member]: { ge: later, le: later } })).toBe(0);
  });

  test.each([
    ['9999-12-31T23:59:59-05:00', true],
    ['+999999999-12-31T23:59:59Z', true],
    ['+10000-01-01T00:00:00Z', true],
    ['0000-01-01T00:00:00+18:00', false],
    ['-0001-01-01T00:00:00Z', false],
    ['-999999999-01-01T00:00:00Z', false],
  ])('of %s are after every item: %s', async (bound, isAfter) => {
    for (const member of ['createdAt', 'updatedAt']) {
      const [ge, gt, le, lt] = await Promise.all(
        ['ge', 'gt', 'le', 'lt'].map((operator) => count({ [member]: { [operator]: bound } })),
      );
      expect([ge, gt, le, lt]).toEqual(isAfter ? [0, 0, 1, 1] : [1, 1, 0, 0]);
    }
  });
});

test('several conditions must all hold', async () => {
  expect(await payload({ path: 'n', exists: true }, { path: 'flag', exists: true })).toEqual([
    'large',
    'small',
  ]);
});

test('and, or and not nest', async () => {
  const is = (n: unknown): ItemFilterInput => ({ payload: [{ path: 'n', eq: json(n) }] });

  expect(await found({ or: [is(5), is(40)] })).toEqual(['large', 'small']);
  expect(await found({ and: [is(5), is(40)] })).toEqual([]);
  expect(await found({ or: [is(5), { and: [is('5'), { not: is(40) }] }] })).toEqual(['small', 'texts']);
  expect(
    await found({ not: { or: [is(5), is(40), { not: { payload: [{ path: 'n', exists: true }] } }] } }),
  ).toEqual(['texts']);
});

test('filters attributes beside the payload', async () => {
  const id = newId();
  const before = new Date(Date.now() - 60_000).toISOString();
  await succeed(PutItemsDocument, { input: { items: [{ id }] } }, alice);
  await succeed(PutItemsDocument, { input: { items: [{ id }] } }, alice);
  const count = async (filter: ItemFilterInput): Promise<number> =>
    (await listed(filter)).filter((one) => one === id).length;

  await eventually(async () => expect(await count({ version: { ge: 2 } })).toBe(1));
  expect(await count({ version: { in: [1, 3] } })).toBe(0);
  expect(await count({ version: { between: [1, 2] } })).toBe(1);
  expect(await count({ version: { ge: 1 }, kind: { exists: false } })).toBe(1); // part: validated-items
  expect(await count({ createdAt: { gt: before }, updatedAt: { gt: before } })).toBe(1);
  expect(await count({ updatedAt: { lt: before } })).toBe(0);
  expect(await count({ not: { createdAt: { gt: before } } })).toBe(0);
});

// part: validated-items
test('listItemsByKind filters too, and knows its kind', async () => {
  const put = async (name: string) => {
    const input = { id: newId('product'), kind: 'product', payload: json(product({ name })) };
    return (await succeed(PutValidatedItemDocument, { input }, alice)).putValidatedItem;
  };
  const [first, second] = [await put('Pen'), await put('Ink')];
  const names = async (filter: ItemFilterInput, credentials: Credentials) => {
    const { listItemsByKind } = await succeed(
      ListItemsByKindDocument,
      { kind: 'product', updatedAt: { ge: first.updatedAt }, filter, limit: 100 },
      credentials,
    );
    return listItemsByKind.items
      .filter(({ id }) => id === first.id || id === second.id)
      .map((item) => (JSON.parse(item.payload!) as { name: string }).name);
  };
  const pen: ItemFilterInput = { payload: [{ path: 'name', eq: '"Pen"' }] };

  for (const credentials of [alice, iam]) {
    await eventually(async () =>
      expect(await names({ version: { ge: 1 } }, credentials)).toEqual(['Pen', 'Ink']),
    );
  }
  expect(await names(pen, alice)).toEqual(['Pen']);
  expect(await names(pen, iam)).toEqual(['Pen']);
  expect(await names({ kind: { eq: 'product' } }, iam)).toEqual(['Pen', 'Ink']);
  expect(await names({ or: [{ kind: { beginsWith: 'x' } }, pen] }, iam)).toEqual(['Pen']);
  expect(await names({ not: { kind: { eq: 'product' } } }, iam)).toEqual([]);
  expect(await names({ kind: { eq: 'country' } }, alice)).toEqual([]);
});
// end: validated-items

describe('refuses', () => {
  test.each<[string, ItemFilterInput, string]>([
    ['an empty filter in another', { or: [{}, { version: { eq: 1 } }] }, 'is empty'],
    ['a filter of nulls in another', { not: { version: null } }, 'a filter inside and, or, not is empty'],
    ['five numbers in a pointer', { payload: [{ path: '/1/2/3/4/5', eq: '1' }] }, 'at most 4 are allowed'],
    ['an empty or', { or: [] }, 'or is an empty list'],
    ['an empty and inside', { not: { and: [] } }, 'and is an empty list'],
    ['no operator', { payload: [{ path: 'n' }] }, 'has no operator'],
    ['an order of booleans', { payload: [{ path: 'n', lt: 'true' }] }, 'must be a number or a text'],
    [
      'bounds of two types',
      { payload: [{ path: 'n', between: ['1', '"2"'] }] },
      'must be two numbers or two texts',
    ],
    ['bounds the wrong way', { payload: [{ path: 'n', between: ['2', '1'] }] }, 'the smaller one first'],
    ['one bound', { payload: [{ path: 'n', between: ['2'] }] }, 'must be two numbers'],
    ['no values', { payload: [{ path: 'n', in: [] }] }, 'has 0 values'],
    ['101 values', { payload: [{ path: 'n', in: Array(101).fill('1') as string[] }] }, 'has 101 values'],
    ['beginsWith a number', { payload: [{ path: 'n', beginsWith: '1' }] }, 'must be a text'],
    [
      'a path of 60 steps',
      { payload: [{ path: Array(60).fill('a').join('.'), eq: '1' }] },
      'path has 60 steps',
    ],
    ['a dot too many', { payload: [{ path: 'a..b', eq: '1' }] }, 'path a..b cannot be read'],
    ['an open bracket', { payload: [{ path: 'a[1', eq: '1' }] }, 'cannot be read'],
    ['101 filters', { or: Array(101).fill({ version: { eq: 1 } }) as ItemFilterInput[] }, 'at most 100'],
    [
      'more than an expression holds',
      {
        payload: [
          {
            path: Array(31)
              .fill('abc')
              .map((name, n) => name + n)
              .join('.'),
            in: Array(100).fill('1') as string[],
          },
          ...(Array(40).fill({ path: Array(30).fill('x').join('.'), eq: '1' }) as PayloadFilterInput[]),
        ],
      },
      'makes an expression of',
    ],
    [
      'updatedAt inside not',
      { not: { updatedAt: { ge: '2026-01-01T00:00:00Z' } } },
      'put it at the top of the filter',
    ],
  ])('%s', async (_, filter, message) => {
    const error = await fail(ListItemsDocument, { filter }, alice);

    expect(error.errorType).toBe('BadRequest');
    expect(error.message).toContain(message);
    expect((error.errorInfo as { field: string }).field).toMatch(/^filter/);
  });

  test('a token with another filter', async () => {
    const { listItems } = await succeed(
      ListItemsDocument,
      { filter: { version: { ge: 1 } }, limit: 1 },
      alice,
    );

    const error = await fail(
      ListItemsDocument,
      { filter: { version: { ge: 2 } }, limit: 1, nextToken: listItems.nextToken },
      alice,
    );

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
  });
});
