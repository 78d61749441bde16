import { type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoredItem } from './item.ts';

/** The two tables, and the client that talks to them. */
export interface Tables {
  client: DynamoDBDocumentClient;
  /** Name of the items table, partition key `id`. */
  items: string;
  /** Name of the constraints table, partition key `pk`. */
  constraints: string;
}

/**
 * A document client that stores JSON and hands the same JSON back: numbers beyond 2^53, which others than the API may have
 * written, are read as doubles and not as BigInt, which is no JSON; and a payload may have a member `constructor`.
 */
export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, {
    marshallOptions: {
      removeUndefinedValues: true,
      allowImpreciseNumbers: true,
      convertClassInstanceToMap: true,
    },
    unmarshallOptions: { wrapNumbers: Number },
  });

/** The row of an item, expired or not; undefined when there is none. Read consistently: a write depends on it. */
export async function readItem({ client, items }: Tables, id: string): Promise<StoredItem | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: items, Key: { id }, ConsistentRead: true }));
  return Item as StoredItem | undefined;
}
