import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type CancellationReason, DynamoDbError } from '../../../functions/dynamodb/dynamodb-error.ts';
import type { Attributes, DynamoDb } from '../../../functions/dynamodb/dynamodb.ts';

/** Stands for functions/dynamodb/client.ts: the same by the AWS SDK's client for all of DynamoDB. */
export function createDynamoDb(): DynamoDb {
  const client = new DynamoDBClient({});
  return {
    async readRow({ TableName, Key }) {
      const key = Key as Record<string, AttributeValue>;
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true }));
      return Item as Attributes | undefined;
    },
    async transact(actions) {
      const TransactItems = actions as TransactWriteItem[];
      await client.send(new TransactWriteItemsCommand({ TransactItems })).catch(rethrow);
    },
  };
}

function rethrow(error: unknown): never {
  if (!(error instanceof TransactionCanceledException)) {
    throw error;
  }
  const reasons = (error.CancellationReasons ?? []) as CancellationReason[];
  throw new DynamoDbError(error.name, error.message, { reasons });
}
