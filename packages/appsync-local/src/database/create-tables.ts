import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from '../ground/start-failure.ts';
import type { TableModel } from '../template/app-model.ts';
import type { DynamoDbClient } from './dynamodb-client.ts';
import type { DynamoDbError } from './dynamodb-error.ts';
import { setStream, setTimeToLive } from './table-settings.ts';
import { alterIndexes, createTableInput, differenceOf, type TableDescription } from './table-shape.ts';

/** A table of the template after its creation. */
export interface ReadyTable {
  tableName: string;
  /** False if it existed already. */
  created: boolean;
  /** Absent for a table without a stream. */
  latestStreamArn?: string;
}

/** AWS takes some seconds to create a table, and minutes to fill a new index. */
const ACTIVE_WITHIN_MS = 300_000;
const ACTIVE_POLL_MS = 200;

/**
 * Creates the tables of a template. An existing table keeps its items: global secondary indexes are added and removed, and the
 * stream and the time to live are set as in the template. Tables outside the template are left alone.
 *
 * @throws StartFailure when a table's keys or local secondary indexes differ from the template, which no update can change, or
 * DynamoDB refuses a table.
 */
export async function createTables(client: DynamoDbClient, tables: TableModel[]): Promise<ReadyTable[]> {
  const ready: ReadyTable[] = [];
  for (const table of tables) {
    ready.push(await createTable(client, table));
  }
  return ready;
}

async function createTable(client: DynamoDbClient, table: TableModel): Promise<ReadyTable> {
  try {
    const existing = await describe(client, table.tableName);
    if (existing) {
      await alterTable(client, table, existing);
    } else {
      await client.call('CreateTable', createTableInput(table));
    }
    const active = await untilActive(client, table);
    await setTimeToLive(client, table);
    return readyTable(table, existing === null, active);
  } catch (error) {
    if (error instanceof StartFailure) {
      throw error;
    }
    const { name, message } = error as DynamoDbError;
    throw new StartFailure(`table ${table.tableName} (${table.logicalId}): ${message} (${name})`, {
      cause: error,
    });
  }
}

function readyTable({ tableName }: TableModel, created: boolean, active: TableDescription): ReadyTable {
  const { LatestStreamArn, StreamSpecification } = active;
  const streams = StreamSpecification?.StreamEnabled === true && LatestStreamArn !== undefined;
  return { tableName, created, ...(streams && { latestStreamArn: LatestStreamArn }) };
}

async function alterTable(
  client: DynamoDbClient,
  table: TableModel,
  existing: TableDescription,
): Promise<void> {
  const difference = differenceOf(table, existing);
  if (difference) {
    throw new StartFailure(
      `table ${table.tableName} (${table.logicalId}) was made with ${difference}; ` +
        'DynamoDB cannot change that: pass --reset to start over without its items, or --data DIR for another place',
    );
  }
  for (const change of alterIndexes(table, existing)) {
    await client.call('UpdateTable', change);
    await untilActive(client, table);
  }
  await setStream(client, table, existing);
}

async function describe(client: DynamoDbClient, tableName: string): Promise<TableDescription | null> {
  try {
    return (await client.call<{ Table: TableDescription }>('DescribeTable', { TableName: tableName })).Table;
  } catch (error) {
    if ((error as DynamoDbError).name === 'ResourceNotFoundException') {
      return null;
    }
    throw error;
  }
}

async function untilActive(client: DynamoDbClient, { tableName }: TableModel): Promise<TableDescription> {
  const deadline = Date.now() + ACTIVE_WITHIN_MS;
  for (;;) {
    const table = await describe(client, tableName);
    if (table && isActive(table)) {
      return table;
    }
    if (Date.now() > deadline) {
      throw new StartFailure(
        `table ${tableName} is still ${table?.TableStatus ?? 'absent'} after 5 minutes; try again`,
      );
    }
    await sleep(ACTIVE_POLL_MS);
  }
}

const isActive = ({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean =>
  TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');
