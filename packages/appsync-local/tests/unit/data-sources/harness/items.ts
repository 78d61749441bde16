import type { DataSource, Invocation } from '../../../../src/data-sources/data-source.ts';
import {
  createDynamoDbDataSource,
  type DynamoDbDataSourceOptions,
} from '../../../../src/data-sources/dynamodb/dynamodb.ts';
import { createTables } from '../../../../src/database/create-tables.ts';
import { startDynamoDb, tableModel } from '../../database/harness/dynamodb.ts';

export interface TestItems {
  tableName: string;
  /** A data source of this table, or of another name. */
  dataSource(tableName?: string): DataSource;
  /** @param invocation who asks. @default some field */
  invoke(request: unknown, invocation?: Invocation): ReturnType<DataSource['invoke']>;
  close(): Promise<void>;
}

let id = 0;

export const freshKey = () => ({ id: { S: `item-${(id += 1)}` } });

/** A table in an engine of its own. @param options on top of those that no test looks at */
export async function startItems(options: Partial<DynamoDbDataSourceOptions> = {}): Promise<TestItems> {
  const dynamoDb = await startDynamoDb();
  const table = tableModel();
  await createTables(dynamoDb.client, [table]);
  const dataSource = (tableName = table.tableName): DataSource =>
    createDynamoDbDataSource(
      { logicalId: 'Items', name: 'Items', type: 'AMAZON_DYNAMODB', tableName, region: 'us-east-1' },
      {
        client: dynamoDb.client,
        tokenKey: new Uint8Array(32),
        invokeLambda: () => Promise.reject(new Error('no Lambda function here')),
        ...options,
      },
    );
  const items = dataSource();
  return {
    tableName: table.tableName,
    dataSource,
    invoke: (request, invocation = { field: 'Query.test' }) => items.invoke(request, invocation),
    close: () => dynamoDb.close(),
  };
}
