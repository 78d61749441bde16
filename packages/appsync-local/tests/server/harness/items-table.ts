import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';

/** The AWS SDK's own client on an endpoint, closed after the test. */
export function dynamoDbClient(
  endpoint: string,
  credentials = { accessKeyId: 'local', secretAccessKey: 'local' },
): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  return client;
}

/** The name of the table that holds the items. */
export async function itemsTable(client: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const name = TableNames.find((table) => table.includes('Items'));
  if (name === undefined) {
    throw new Error(`no table of items among ${JSON.stringify(TableNames)}`);
  }
  return name;
}
