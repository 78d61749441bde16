import type { DynamoDb } from '../dynamodb/dynamodb.ts';
import { fromAttributes, toAttributes } from './attributes.ts';
import type { StoredItem } from './item.ts';

/** The two tables, and where they are. */
export interface Tables {
  dynamoDb: DynamoDb;
  /** Name of the items table, partition key `id`. */
  items: string;
  /** Name of the constraints table, partition key `pk`. */
  constraints: string;
}

/** The row of an item, expired or not; undefined when there is none. */
export async function readItem({ dynamoDb, items }: Tables, id: string): Promise<StoredItem | undefined> {
  const row = await dynamoDb.readRow({ TableName: items, Key: toAttributes({ id }) });
  return row && (fromAttributes(row) as StoredItem);
}
