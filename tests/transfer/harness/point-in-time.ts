import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { putRows, rowsOf } from './tables.ts';
import { standBefore } from './throttling.ts';

/**
 * Stands before the embedded engine, which has no point-in-time recovery, and answers its calls as DynamoDB does. A restored table is
 * what the source is now: the engine keeps no past.
 */
export interface Recovering {
  endpoint: string;
  /** Calls that change settings, in order: `UpdateTimeToLive t1-Items-at-…`. */
  settings: string[];
  close(): Promise<void>;
}

const EARLIEST = Date.parse('2026-11-01T00:00:00Z') / 1000;
export const LATEST = Date.parse('2026-11-29T17:38:00Z') / 1000;

/** @param off tables whose recovery is off */
export async function recovering(
  client: DynamoDBClient,
  target: string,
  off: readonly string[] = [],
): Promise<Recovering> {
  const settings: string[] = [];
  const restored = new Map<string, string>();

  async function restore(from: string, to: string): Promise<void> {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: from }));
    const { KeySchema, AttributeDefinitions } = Table!;
    await client.send(
      new CreateTableCommand({
        TableName: to,
        KeySchema,
        AttributeDefinitions,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const key = KeySchema![0]!.AttributeName;
    await putRows(client, to, [...(await rowsOf(client, from, key)).values()]);
    restored.set(to, from);
  }

  const answers: Record<string, (input: Record<string, string>) => Promise<object> | object> = {
    DescribeContinuousBackups: ({ TableName }) => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: off.includes(TableName!)
          ? { PointInTimeRecoveryStatus: 'DISABLED' }
          : {
              PointInTimeRecoveryStatus: 'ENABLED',
              EarliestRestorableDateTime: EARLIEST,
              LatestRestorableDateTime: LATEST,
            },
      },
    }),
    RestoreTableToPointInTime: async ({ SourceTableName, TargetTableName }) => {
      if (restored.has(TargetTableName!)) {
        return { __type: 'TableAlreadyExistsException', message: `Table already exists: ${TargetTableName}` };
      }
      await restore(SourceTableName!, TargetTableName!);
      return {};
    },
    DescribeTimeToLive: ({ TableName }) => ({
      TimeToLiveDescription: restored.has(TableName!)
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    }),
    ListBackups: () => ({ BackupSummaries: [] }),
  };
  const front = await standBefore(target, async (operation, body) => {
    const input = JSON.parse(body) as Record<string, string>;
    if (/^Update(TimeToLive|ContinuousBackups|Table)$/.test(operation) || operation === 'CreateBackup') {
      settings.push(`${operation} ${input['TableName']}`);
      return {};
    }
    if (operation === 'DescribeTable' && restored.has(input['TableName']!)) {
      const SourceTableArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${restored.get(input['TableName']!)}`;
      return {
        Table: { TableStatus: 'ACTIVE', RestoreSummary: { SourceTableArn, RestoreDateTime: LATEST } },
      };
    }
    return (await answers[operation]?.(input)) ?? null;
  });
  return { ...front, settings };
}

export const tableNames = async (client: DynamoDBClient): Promise<string[]> =>
  (await client.send(new ListTablesCommand({}))).TableNames ?? [];
