import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { markUpdate } from '../import/plan.ts';
import type { CheckedTables } from './check.ts';
import type { Problem } from './problem.ts';

/**
 * Makes a row of the constraints table what the items say, on the condition that it still is what the check saw.
 * @returns false for what people must decide, and for a row that has changed since
 */
export async function repair(tables: CheckedTables, problem: Problem): Promise<boolean> {
  const command = commandFor(tables, problem);
  if (command === null) {
    return false;
  }
  try {
    await tables.pace.call(() => command(tables.client));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') {
      return false;
    }
    throw error;
  }
}

type Send = (client: DynamoDBClient) => Promise<unknown>;

function commandFor({ items, constraints: TableName }: CheckedTables, problem: Problem): Send | null {
  switch (problem.type) {
    case 'claim-missing':
      return (client) =>
        client.send(
          new PutItemCommand({
            TableName,
            Item: claimRow(problem),
            ConditionExpression: 'attribute_not_exists(itemId)',
          }),
        );
    case 'claim-of-another':
      return (client) =>
        client.send(
          new PutItemCommand({
            TableName,
            Item: claimRow(problem),
            ConditionExpression: 'itemId = :holder',
            ExpressionAttributeValues: { ':holder': { S: problem.holder } },
          }),
        );
    case 'claim-of-nobody':
      return (client) =>
        client.send(
          new DeleteItemCommand({
            TableName,
            Key: { pk: { S: problem.pk } },
            ConditionExpression: 'itemId = :holder',
            ExpressionAttributeValues: { ':holder': { S: problem.holder } },
          }),
        );
    case 'count':
      return (client) =>
        client.send(
          new UpdateItemCommand({
            TableName,
            Key: { pk: { S: problem.pk } },
            UpdateExpression: 'SET referrers = :counted',
            ConditionExpression:
              problem.stored === 0
                ? 'attribute_not_exists(referrers) OR referrers = :stored'
                : 'referrers = :stored',
            ExpressionAttributeValues: {
              ':counted': { N: String(problem.referrers) },
              ':stored': { N: String(problem.stored) },
            },
          }),
        );
    case 'unmarked':
      return (client) => client.send(new UpdateItemCommand(markUpdate(problem.id, items)));
    case 'claimed-twice':
      return null;
  }
}

const claimRow = ({ pk, id, expiresAt }: { pk: string; id: string; expiresAt?: number }) => ({
  pk: { S: pk },
  itemId: { S: id },
  ...(expiresAt !== undefined && { expiresAt: { N: String(expiresAt) } }),
});
