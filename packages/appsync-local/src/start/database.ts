import { join, resolve } from 'node:path';
import { createDynamoDbClient, type DynamoDbClient } from '../database/dynamodb-client.ts';
import { startEngine } from '../database/engine.ts';
import { leavesExpiredItems, startExpirySweeper } from '../database/expiry-sweeper.ts';
import { createRemovals, type Removals } from '../database/removals.ts';
import { openPassThrough } from '../http/pass-through.ts';
import type { AppModel } from '../template/app-model.ts';
import { openDynamoDbAdmission } from './doors.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close, Logs } from './logs.ts';

/** The DynamoDB that the tables are in: the embedded engine, or one that was there before. */
export interface DynamoDb {
  /** For the server and its Lambda functions. */
  endpoint: string;
  /** For people's tools; keeps web pages out where the engine is ours. */
  url: string;
  client: DynamoDbClient;
  /** Absent for an engine that removes expired items by itself. */
  sweepExpiredItems?: () => Promise<number>;
  /** True where nobody else removes expired items. */
  sweeps: boolean;
  /** Keeps for the client's stream records what expired. */
  removals: Removals;
  /** Why nothing can be written at the moment, though nobody has done anything wrong; null while it can. */
  hindrance(): Promise<string | null>;
  /** Has a listener called at each write; absent where writes have to be looked for. @returns ends it */
  watchWrites?: (onWrite: () => void) => () => void;
}

const ENGINE_REGION = 'us-east-1';

/**
 * @param failed called once with the reason when no call can succeed any more
 * @throws StartFailure when the engine does not start or the endpoint does not answer
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
      : { dataDirectory: join(resolve(options.dataDirectory), 'dynamodb'), reset: options.reset };
  const engine = await startEngine({ ...place, log: (line) => logs.line('dynamodb', line), failed });
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

/** Why a DynamoDB does not answer, if it does not. */
async function silence(client: DynamoDbClient): Promise<string | null> {
  try {
    await client.call('ListTables', { Limit: 1 });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Has expired items removed in the background, as DynamoDB does. */
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

/** Only the embedded engine has a tool that removes items as DynamoDB itself does. */
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
