import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoredItem } from '../../model/item.ts';

/** The two tables and their client. */
export interface Tables {
  client: DynamoDBDocumentClient;
  /** Name of the items table, partition key `id`. */
  items: string;
  /** Name of the constraints table, partition key `pk`. */
  constraints: string;
}

/**
 * A client that stores JSON and returns the same JSON. It reads numbers beyond 2^53, which only programs other than the API can
 * have written, as doubles, because JSON has no BigInt. It drops undefined members, and treats a payload with a member
 * `constructor` as the map that it is.
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

/** The row of an item, expired or not; null for a missing one. Reads consistently, because a write depends on it. */
export async function readItem({ client, items }: Tables, id: string): Promise<StoredItem | null> {
  const { Item } = await client.send(new GetCommand({ TableName: items, Key: { id }, ConsistentRead: true }));
  return (Item as StoredItem | undefined) ?? null;
}
