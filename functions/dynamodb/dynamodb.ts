import type { AttributeValue } from 'aws-lambda';

/** In DynamoDB's own JSON, `{ id: { S: 'a' } }`: numbers as text, binary as base64. */
export type Attributes = Record<string, AttributeValue>;

/** The key of a row; reads are consistent. */
export interface RowKey {
  TableName: string;
  Key: Attributes;
}

interface Condition {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Attributes;
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD';
}

/** An action of a transaction, as in the API reference, TransactWriteItem. */
export type TransactWriteItem =
  | { Put: { TableName: string; Item: Attributes } & Condition }
  | { Update: RowKey & { UpdateExpression: string } & Condition }
  | { Delete: RowKey & Condition }
  | { ConditionCheck: RowKey & Condition & { ConditionExpression: string } };

/** What the Lambda functions do with DynamoDB. Both reject with a `DynamoDbError`, or with why no answer came. */
export interface DynamoDb {
  /** @returns undefined where there is no such row */
  readRow(key: RowKey): Promise<Attributes | undefined>;
  /** Does all of it or nothing, and once however often it is sent. */
  transact(actions: readonly TransactWriteItem[]): Promise<void>;
}
