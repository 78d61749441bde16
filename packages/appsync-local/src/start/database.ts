import { join, resolve } from 'node:path';
import { createDynamoDbClient, type DynamoDbClient } from '../database/dynamodb-client.ts';
import { type KeptTables, startEngine } from '../database/engine.ts';
import { leavesExpiredItems, startExpirySweeper } from '../database/expiry-sweeper.ts';
import { createRemovals, type Removals } from '../database/removals.ts';
import { openPassThrough } from '../http/pass-through.ts';
import { finishRestore } from '../snapshots/finish-restore.ts';
import { TABLES } from '../snapshots/snapshot.ts';
import type { AppModel } from '../template/app-model.ts';
import { openDynamoDbAdmission } from './doors.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close, Logs } from './logs.ts';

/** The DynamoDB with the tables: the embedded engine, or an existing one. */
export interface DynamoDb {
  /** For the server and its Lambda functions. */
  endpoint: string;
  /** For people's tools; refuses web pages if the engine is ours. */
  url: string;
  client: DynamoDbClient;
  /** Absent for an engine that removes expired items by itself. */
  sweepExpiredItems?: () => Promise<number>;
  /** True when nobody else removes expired items. */
  sweeps: boolean;
  /** Records removals of expired items for the client's stream records. */
  removals: Removals;
  /** The reason why nothing can be written at the moment, through no fault of the caller; null while writes work. */
  hindrance(): Promise<string | null>;
  /** Calls a listener at each write; absent when writes must be polled. @returns stops it */
  watchWrites?: (onWrite: () => void) => () => void;
}

const ENGINE_REGION = 'us-east-1';

/**
 * @param failed called once, with the reason, when no further call can succeed
 * @throws StartFailure when the engine does not start or the endpoint does not respond
 */
export async function openDynamoDb(
  options: LocalOptions,
  logs: Logs,
  failed: (reason: string) => void,
  closers: Close[],
): Promise<DynamoDb> {
  const removals = createRemovals();
  if (options.dynamoDbEndpoint) {
    const endpoint = options.dynamoDbEndpoint;
    const client = createDynamoDbClient({
      endpoint,
      region: process.env.AWS_REGION ?? ENGINE_REGION,
      sign: 'env',
    });
    closers.push(() => client.close());
    const sweeps = await leavesExpiredItems(endpoint);
    const hindrance = (): Promise<string | null> => silence(client);
    return { endpoint, url: endpoint, client: removals.naming(client), sweeps, removals, hindrance };
  }
  const place =
    options.dataDirectory === undefined
      ? ({ memory: true } as const)
      : keptTables(resolve(options.dataDirectory), options.reset);
  const { signal } = options;
  const engine = await startEngine({
    ...place,
    log: (line) => logs.line('dynamodb', line),
    failed,
    ...(signal && { signal }),
  });
  closers.push(() => engine.close());
  const { endpoint, sweepExpiredItems, watchWrites, answersWithLength = false, room, serving } = engine;
  const client = createDynamoDbClient({
    endpoint,
    region: ENGINE_REGION,
    answersWithLength,
    serving,
    failing: () => room.look(),
  });
  closers.push(() => client.close());
  const admit = openDynamoDbAdmission(options, (line) => logs.line('dynamodb', line));
  const gate = await openPassThrough({ to: endpoint, admit });
  closers.push(() => gate.close());
  return {
    endpoint,
    url: gate.url,
    client: removals.naming(client),
    sweepExpiredItems,
    sweeps: true,
    removals,
    hindrance: async () => room.shortage() ?? (await silence(client)),
    ...(watchWrites && { watchWrites }),
  };
}

/** With what a killed process had begun to restore. */
const keptTables = (data: string, reset?: boolean): KeptTables => ({
  dataDirectory: join(data, TABLES),
  reset,
  claimed: () => finishRestore(data),
});

/** The reason why a DynamoDB does not respond; null when it does. */
async function silence(client: DynamoDbClient): Promise<string | null> {
  try {
    await client.call('ListTables', { Limit: 1 });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Removes expired items in the background, as DynamoDB does. */
export function sweepExpiredItems(
  app: AppModel,
  dynamoDb: DynamoDb,
  logs: Logs,
  closers: Close[],
  intervalMs?: number,
): void {
  if (dynamoDb.sweeps) {
    if (!dynamoDb.sweepExpiredItems) {
      tellPlainRemovals(app, logs);
    }
    const sweeper = startExpirySweeper({
      client: dynamoDb.client,
      tables: app.tables,
      sweepExpiredItems: dynamoDb.sweepExpiredItems,
      removing: dynamoDb.removals.add,
      intervalMs,
      log: (line) => logs.line('dynamodb', line),
    });
    closers.push(() => sweeper.stop());
  }
}

/** Reports that expired items are removed one by one: only the embedded engine has a tool that removes items as DynamoDB itself does. */
function tellPlainRemovals({ tables, eventSourceMappings }: AppModel, logs: Logs): void {
  const followed = new Set(eventSourceMappings.map(({ tableName }) => tableName));
  for (const { tableName, timeToLiveAttribute } of tables) {
    if (timeToLiveAttribute !== undefined && followed.has(tableName)) {
      logs.line(
        'dynamodb',
        `items of table ${tableName} past their time to live are removed by DeleteItem here: ` +
          'their stream records have no userIdentity, so functions take them for ordinary removals',
      );
    }
  }
}
