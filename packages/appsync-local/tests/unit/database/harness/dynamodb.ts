import { createDynamoDbClient, type DynamoDbClient } from '../../../../src/database/dynamodb-client.ts';
import { startEngine, type Engine } from '../../../../src/database/engine.ts';
import type { TableModel } from '../../../../src/template/app-model.ts';

export interface TestDynamoDb {
  client: DynamoDbClient;
  engine: Pick<Engine, 'endpoint' | 'sweepExpiredItems' | 'close'>;
  close(): Promise<void>;
}

/** The real engine, keeping nothing; or another DynamoDB, named by TEST_DYNAMODB_ENDPOINT. */
export async function startDynamoDb(): Promise<TestDynamoDb> {
  const engine = await startOrUse(process.env.TEST_DYNAMODB_ENDPOINT);
  const client = createDynamoDbClient({ endpoint: engine.endpoint, region: 'us-east-1', sign: 'env' });
  const close = async (): Promise<void> => {
    await client.close();
    await engine.close();
  };
  return { client, engine, close };
}

const startOrUse = async (endpoint: string | undefined): Promise<TestDynamoDb['engine']> =>
  endpoint ? { endpoint, close: async () => {} } : startEngine({ memory: true, log: () => {} });

let tables = 0;

/** A table of its own for each caller, with a partition key `id`, unless told otherwise. */
export function tableModel(more: Partial<TableModel> = {}): TableModel {
  tables += 1;
  const tableName = `table-${process.pid}-${Date.now()}-${tables}`;
  return {
    logicalId: 'Table',
    tableName,
    arn: `arn:aws:dynamodb:us-east-1:111111111111:table/${tableName}`,
    attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    globalSecondaryIndexes: [],
    localSecondaryIndexes: [],
    ...more,
  };
}

/** Keys `id` and `at`, for queries. */
export const sortedTable = (): Partial<TableModel> => ({
  attributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'at', AttributeType: 'S' },
  ],
  keySchema: [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ],
});
