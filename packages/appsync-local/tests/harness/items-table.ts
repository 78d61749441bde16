import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { target } from '../../../../tests/api/harness/api.ts';
import { LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';

/** Runs with the items table of the API under test, past the API. */
export async function withItemsTable<Result>(
  run: (dynamoDb: DynamoDBClient, table: string) => Promise<Result>,
): Promise<Result> {
  const { endpoint, name, region } = target.itemsTable!;
  const dynamoDb = new DynamoDBClient(
    endpoint ? { endpoint, region: 'us-east-1', credentials: LOCAL_CREDENTIALS } : { region },
  );
  try {
    return await run(dynamoDb, name ?? (await onlyItemsTable(dynamoDb)));
  } finally {
    dynamoDb.destroy();
  }
}

async function onlyItemsTable(dynamoDb: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await dynamoDb.send(new ListTablesCommand({}));
  return TableNames.find((name) => /Items/.test(name))!;
}
