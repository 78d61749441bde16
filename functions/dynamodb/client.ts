import { randomUUID } from 'node:crypto';
import { dynamoDbCalls, type DynamoDbOptions, environmentOptions } from './calls.ts';
import type { Attributes, DynamoDb } from './dynamodb.ts';

/** @param options default: those of the Lambda function's environment */
export function createDynamoDb(options: DynamoDbOptions = environmentOptions()): DynamoDb {
  const call = dynamoDbCalls(options);
  return {
    async readRow(key) {
      const answer = await call('GetItem', { ...key, ConsistentRead: true });
      return (answer as { Item?: Attributes }).Item;
    },
    async transact(actions) {
      await call('TransactWriteItems', { TransactItems: actions, ClientRequestToken: randomUUID() });
    },
  };
}
