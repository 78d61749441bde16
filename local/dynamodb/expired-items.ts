import type { TableModel } from '../template/model.ts';
import type { DynamoDbClient } from './client.ts';
import type { DynamoDbError } from './dynamodb-error.ts';

/** Small pages, so that other requests come in between. */
const PAGE_ITEMS = 500;

export interface ExpiringTable {
  tableName: string;
  attribute: string;
  keys: string[];
}

/** The table, or nothing where items do not expire. */
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

type Key = Record<string, unknown>;
interface Page {
  Count: number;
  Items?: Key[];
  LastEvaluatedKey?: Key;
}

/** A number in seconds, in the past; anything else is no time to live (DynamoDB guide, "How it works: TTL"). */
const EXPIRED = 'attribute_type(#expires, :number) AND #expires < :now';

const expiredAt = (attribute: string) => ({
  ExpressionAttributeNames: { '#expires': attribute },
  ExpressionAttributeValues: { ':number': { S: 'N' }, ':now': { N: String(Math.floor(Date.now() / 1000)) } },
});

/** Looks through the table in pages, so that a large one with nothing to remove holds nobody up. */
export async function hasExpiredItems(client: DynamoDbClient, table: ExpiringTable): Promise<boolean> {
  for await (const page of expiredPages(client, table, { Select: 'COUNT' })) if (page.Count > 0) return true;
  return false;
}

/** Removes items one by one, unless they have been given a new time to live meanwhile. @returns how many. */
export async function removeExpiredItems(client: DynamoDbClient, table: ExpiringTable): Promise<number> {
  let removed = 0;
  for await (const { Items = [] } of expiredPages(client, table, {}))
    for (const item of Items) if (await removeItem(client, table, item)) removed += 1;
  return removed;
}

async function* expiredPages(
  client: DynamoDbClient,
  table: ExpiringTable,
  more: object,
): AsyncGenerator<Page> {
  let start: Key | undefined;
  do {
    const page: Page = await client.call<Page>('Scan', {
      TableName: table.tableName,
      Limit: PAGE_ITEMS,
      FilterExpression: EXPIRED,
      ...expiredAt(table.attribute),
      ...more,
      ...(start && { ExclusiveStartKey: start }),
    });
    yield page;
    start = page.LastEvaluatedKey;
  } while (start);
}

/** @returns false when somebody has given the item a new time to live meanwhile. */
async function removeItem(client: DynamoDbClient, table: ExpiringTable, item: Key): Promise<boolean> {
  const Key = Object.fromEntries(table.keys.map((name) => [name, item[name]]));
  try {
    await client.call('DeleteItem', {
      TableName: table.tableName,
      Key,
      ConditionExpression: EXPIRED,
      ...expiredAt(table.attribute),
    });
    return true;
  } catch (error) {
    if ((error as DynamoDbError).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
