import type { TableModel } from '../template/app-model.ts';
import type { DynamoDbClient } from './dynamodb-client.ts';
import type { DynamoDbError } from './dynamodb-error.ts';

/** Small pages, so that other requests are served in between: 10 ms of the engine each (measured 2026-11-24). */
export const PAGE_ITEMS = 500;

export interface ExpiringTable {
  tableName: string;
  attribute: string;
  keys: string[];
}

/** The table, or an empty list if its items do not expire. */
export const expiringTable = ({ tableName, timeToLiveAttribute, keySchema }: TableModel): ExpiringTable[] =>
  timeToLiveAttribute === undefined
    ? []
    : [
        {
          tableName,
          attribute: timeToLiveAttribute,
          keys: keySchema.map(({ AttributeName }) => AttributeName),
        },
      ];

export type Key = Record<string, unknown>;

/** The expired items of one page. */
export interface ExpiredPage {
  /** Of the expired items. */
  keys: Key[];
  /** The start of the next page; absent at the end of the table. */
  next?: Key;
}

/** A number of seconds in the past; anything else is not a time to live (DynamoDB guide, "How it works: TTL"). */
const EXPIRED = 'attribute_type(#expires, :number) AND #expires < :now';

const expiredAt = (attribute: string) => ({
  ExpressionAttributeNames: { '#expires': attribute },
  ExpressionAttributeValues: { ':number': { S: 'N' }, ':now': { N: String(Math.floor(Date.now() / 1000)) } },
});

/** Reads the next 500 items. @param start the end of the previous page; absent for the first one */
export async function findExpired(
  client: DynamoDbClient,
  { tableName, attribute, keys }: ExpiringTable,
  start: Key | undefined,
): Promise<ExpiredPage> {
  const { Items = [], LastEvaluatedKey } = await client.call<{ Items?: Key[]; LastEvaluatedKey?: Key }>(
    'Scan',
    {
      TableName: tableName,
      Limit: PAGE_ITEMS,
      FilterExpression: EXPIRED,
      ...expiredAt(attribute),
      ...(start && { ExclusiveStartKey: start }),
    },
  );
  const found = Items.map((item) => Object.fromEntries(keys.map((name) => [name, item[name]])));
  return { keys: found, ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
}

/** @returns false when the item has been given a new time to live meanwhile. */
export async function removeExpired(
  client: DynamoDbClient,
  { tableName, attribute }: ExpiringTable,
  key: Key,
): Promise<boolean> {
  try {
    await client.call('DeleteItem', {
      TableName: tableName,
      Key: key,
      ConditionExpression: EXPIRED,
      ...expiredAt(attribute),
    });
    return true;
  } catch (error) {
    if ((error as DynamoDbError).name === 'ConditionalCheckFailedException') {
      return false;
    }
    throw error;
  }
}

/** Items of all the tables together, as the engine counts them on request. */
export async function countItems(client: DynamoDbClient, tables: ExpiringTable[]): Promise<number> {
  let count = 0;
  for (const { tableName } of tables) {
    const { Table } = await client.call<{ Table: { ItemCount?: number } }>('DescribeTable', {
      TableName: tableName,
    });
    count += Table.ItemCount ?? 0;
  }
  return count;
}
