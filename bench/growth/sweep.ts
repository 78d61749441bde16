import {
  createDynamoDbClient,
  type DynamoDbClient,
} from '../../packages/appsync-local/src/database/dynamodb-client.ts';
import { startExpirySweeper } from '../../packages/appsync-local/src/database/expiry-sweeper.ts';
import type { TableModel } from '../../packages/appsync-local/src/template/app-model.ts';
import type { Place } from './place.ts';

/** One round of looking for expired items where there are none. */
export interface SweepSample {
  size: number;
  calls: number;
  engineMs: number;
  /** The longest that one call kept the engine from other work. */
  longestMs: number;
}

/** Runs a round against a place's engine, apart from the one its server runs every 30 s. */
export async function measureSweep({ server, size, engineCpu }: Place): Promise<SweepSample> {
  const endpoint = /^DynamoDB URL\s+(\S+)/m.exec(server.output())![1]!;
  const client = createDynamoDbClient({ endpoint, region: 'us-east-1' });
  const { TableNames } = await client.call<{ TableNames: string[] }>('ListTables', {});
  const took: number[] = [];
  const timed: DynamoDbClient = {
    ...client,
    async call<T>(operation: string, input: object): Promise<T> {
      const begun = performance.now();
      const answer = await client.call<T>(operation, input);
      took.push(performance.now() - begun);
      return answer;
    },
  };
  const tables = TableNames.map((tableName): TableModel => expiring(tableName));
  const sweeper = startExpirySweeper({ client: timed, tables, log: () => undefined });
  try {
    const before = engineCpu();
    await sweeper.sweep();
    const engineMs = (engineCpu() - before) / 1000;
    return { size, calls: took.length, engineMs, longestMs: Math.max(...took) };
  } finally {
    sweeper.stop();
    await client.close();
  }
}

const expiring = (tableName: string): TableModel => ({
  logicalId: 'Table',
  tableName,
  arn: '',
  attributeDefinitions: [],
  keySchema: [],
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [],
  timeToLiveAttribute: 'expiresAt',
});
