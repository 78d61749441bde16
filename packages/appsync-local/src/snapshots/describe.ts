import { createDynamoDbClient } from '../database/dynamodb-client.ts';
import { startEngine } from '../database/engine.ts';
import type { TableDescription } from '../database/table-shape.ts';
import type { SnapshotTable } from './snapshot.ts';

type Described = TableDescription & Pick<SnapshotTable, 'TableName' | 'ItemCount'>;

/**
 * Opens tables as a server does, and describes them. What a killed server left in a log beside the file is in the file
 * afterwards, so this also shows that the file can be used.
 * @param directory that no server uses
 * @param log receives what the engine prints
 * @throws StartFailure when a server uses it, or the engine cannot open it
 */
export async function describeTables(
  directory: string,
  log: (line: string) => void,
): Promise<SnapshotTable[]> {
  const {
    endpoint,
    answersWithLength = false,
    close,
  } = await startEngine({
    dataDirectory: directory,
    log,
  });
  const client = createDynamoDbClient({ endpoint, region: 'us-east-1', answersWithLength });
  try {
    const tables: SnapshotTable[] = [];
    for (let from: string | undefined, isMore = true; isMore; isMore = from !== undefined) {
      const page = await client.call<{ TableNames: string[]; LastEvaluatedTableName?: string }>(
        'ListTables',
        {
          ExclusiveStartTableName: from,
        },
      );
      for (const TableName of page.TableNames) {
        tables.push(shapeOf((await client.call<{ Table: Described }>('DescribeTable', { TableName })).Table));
      }
      from = page.LastEvaluatedTableName;
    }
    return tables;
  } finally {
    await client.close();
    await close();
  }
}

const shapeOf = ({
  TableName,
  ItemCount,
  KeySchema,
  AttributeDefinitions,
  LocalSecondaryIndexes,
}: Described): SnapshotTable => ({
  TableName,
  ItemCount,
  KeySchema,
  AttributeDefinitions,
  ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
});
