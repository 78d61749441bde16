import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { withItemsTable } from '../../packages/appsync-local/tests/harness/items-table.ts';
import { iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { alice } from '../../packages/appsync-local/tests/harness/users.ts';
import {
  GetItemDocument,
  ListItemsDocument,
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
  newName,
  parsed,
  succeed,
  testNeeding,
  users,
} from './harness/api.ts';
import { product } from './harness/product.ts';

/** 38 digits, as many as DynamoDB keeps. */
const EXACT = '12345678901234567890123456789012345678';

describe('a whole number beyond 2^53 is refused, not rounded', () => {
  const place = { field: 'payload', path: '/account/number' };
  const payload = '{"account":{"number":12345678901234567890}}';
  const message =
    'number 12345678901234567000 at /account/number may have lost digits: whole numbers are exact up to 9007199254740991; send it as a string, or write it with an import or SDK';

  test('by putItem, which writes nothing', async () => {
    const id = newId();

    const error = await fail(PutItemDocument, { input: { id, payload } });

    expect(error).toMatchObject({ errorType: 'BadRequest', message, data: null, errorInfo: place });
    expect((await succeed(GetItemDocument, { id })).getItem).toBeNull();
  });

  test('by putItem with a token', async () => {
    const input = { id: newId(), payload, clientRequestToken: newName('token') };

    expect(await fail(PutItemDocument, { input })).toMatchObject({
      errorType: 'BadRequest',
      message,
      errorInfo: place,
    });
  });

  test('by putItems, which says of which item', async () => {
    const items = [
      { id: newId(), payload: '1' },
      { id: newId(), payload },
    ];

    const error = await fail(PutItemsDocument, { input: { items } });

    expect(error).toMatchObject({
      errorType: 'BadRequest',
      errorInfo: { items: [{ index: 1, message, ...place }] },
    });
    expect((await succeed(GetItemDocument, { id: items[0]!.id })).getItem).toBeNull();
  });

  test('by updateItem', async () => {
    const id = newId();
    await succeed(PutItemDocument, { input: { id, payload: '{"a":1}' } });

    const error = await fail(UpdateItemDocument, { input: { id, payload } });

    expect(error).toMatchObject({ errorType: 'BadRequest', message, errorInfo: place });
    expect(parsed((await succeed(GetItemDocument, { id })).getItem)).toMatchObject({
      version: 1,
      payload: { a: 1 },
    });
  });

  // part: validated-items
  test('by putValidatedItem', async () => {
    const payload = JSON.stringify({ ...product(), attributes: { serial: 0 } }).replace(
      '"serial":0',
      `"serial":${EXACT}`,
    );

    const error = await fail(PutValidatedItemDocument, { input: { id: newId(), kind: 'product', payload } });

    expect(error).toMatchObject({
      errorType: 'BadRequest',
      errorInfo: { field: 'payload', path: '/attributes/serial' },
    });
    expect(error.message).toContain(
      'number 1.2345678901234568e+37 at /attributes/serial may have lost digits',
    );
  });
  // end: validated-items

  test('by a filter', async () => {
    const filter = { payload: [{ path: 'n', eq: '12345678901234567890' }] };

    const error = await fail(ListItemsDocument, { filter });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'filter.payload' } });
    expect(error.message).toContain('filter has the number 12345678901234567000');
  });
});

test.each(['1e999', '-1e999', '[1e400]'])('%s, which no double holds, is refused', async (payload) => {
  const { data, errors } = await graphql(PutItemDocument, { input: { id: newId(), payload } });

  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
});

test.each([
  '9007199254740991',
  '-9007199254740991',
  '0.30000000000000004',
  '0.3333333333333333',
  '[1e-130,3.141592653589793,123456.78]',
  '"12345678901234567890123456789012345678"',
])('%s survives', async (payload) => {
  const id = newId();

  const { putItem } = await succeed(PutItemDocument, { input: { id, payload } });
  const { getItem } = await succeed(GetItemDocument, { id });

  expect(JSON.parse(putItem.payload!)).toEqual(JSON.parse(payload));
  expect(JSON.parse(getItem!.payload!)).toEqual(JSON.parse(payload));
});

describe('a number of 38 digits that an SDK wrote', () => {
  async function write({ mark = '', owner }: { mark?: string; owner?: string } = {}): Promise<string> {
    const id = newId('exact');
    const at = { S: '2026-01-01T00:00:00.000Z' };
    const Item = {
      id: { S: id },
      payload: { M: { exact: { N: EXACT }, more: { N: '1' }, mark: { S: mark } } },
      version: { N: '1' },
      createdAt: at,
      updatedAt: at,
      ...(owner && { owner: { S: owner } }),
    };
    await withItemsTable((dynamoDb, TableName) => dynamoDb.send(new PutItemCommand({ TableName, Item })));
    return id;
  }

  const stored = (id: string) =>
    withItemsTable(async (dynamoDb, TableName) => {
      const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
      return Item!.payload!.M!;
    });

  testNeeding('the items table', 'is read as the nearest double', async () => {
    const mark = newName('mark');
    const id = await write({ mark, owner: users.alice.sub });
    const nearest = { exact: Number(EXACT), more: 1, mark };
    const filter = { payload: [{ path: 'mark', eq: JSON.stringify(mark) }] };

    const { getItem } = await succeed(GetItemDocument, { id }, iam);

    expect(parsed(getItem)!.payload).toEqual(nearest);
    await eventually(async () => {
      const { listItems } = await succeed(ListItemsDocument, { filter }, alice);
      expect(listItems.items.map((item) => parsed(item)!.payload)).toEqual([nearest]);
    });
  });

  testNeeding('the items table', 'stays exact when other members are merged', async () => {
    const id = await write();

    await succeed(UpdateItemDocument, { input: { id, payload: '{"more":2}' } });

    expect(await stored(id)).toEqual({ exact: { N: EXACT }, more: { N: '2' }, mark: { S: '' } });
  });

  testNeeding('the items table', 'cannot be written back rounded', async () => {
    const id = await write();
    const { getItem } = await succeed(GetItemDocument, { id });

    const error = await fail(PutItemDocument, { input: { id, payload: getItem!.payload } });

    expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { path: '/exact' } });
    expect((await stored(id)).exact).toEqual({ N: EXACT });
  });
});
