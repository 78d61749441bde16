import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { createDynamoDbClient } from '../../packages/appsync-local/src/database/dynamodb-client.ts';
import { withStreamCare } from '../../packages/appsync-local/src/database/prepared-database.ts';
import { startOurs } from '../harness/ours.ts';
import { storedItem } from './items.ts';

/** The items table as a server of ours has made it: DescribeTable's answer. */
export interface ItemsTable {
  TableName: string;
  GlobalSecondaryIndexes?: unknown[];
}

/** Starts a server once to see which table it makes. */
export async function itemsTable(scratch: string): Promise<ItemsTable> {
  const server = await startOurs(['--data', join(scratch, 'seed')]);
  const endpoint = /^DynamoDB URL\s+(\S+)/m.exec(server.output())![1]!;
  const client = createDynamoDbClient({ endpoint, region: 'us-east-1' });
  try {
    const { TableNames } = await client.call<{ TableNames: string[] }>('ListTables', {});
    for (const TableName of TableNames) {
      const { Table } = await client.call<{ Table: ItemsTable }>('DescribeTable', { TableName });
      if (Table.GlobalSecondaryIndexes?.length === 2) {
        return Table;
      }
    }
    throw new Error(`no table with two indexes among ${TableNames.join(', ')}`);
  } finally {
    await client.close();
    await server.stop();
  }
}

/** Characters written at once. */
const CHUNK = 1_000_000;

/**
 * Fills a data directory with items 0 to `count` - 1, for a server to be started on. The engine imports an export file:
 * 41 µs of its CPU an item where BatchWriteItem takes 230 (measured 2026-11-24), so a million takes a minute. The
 * stream begins empty, as it would after a day, and has its index.
 */
export async function fill(
  directory: string,
  engine: string,
  table: ItemsTable,
  count: number,
  bytes: number,
): Promise<void> {
  const from = join(directory, 'export');
  mkdirSync(join(from, table.TableName, 'data'), { recursive: true });
  mkdirSync(join(directory, 'dynamodb'), { recursive: true });
  await writeExport(join(from, table.TableName, 'data', 'items.json.gz'), count, bytes);
  const schema = join(from, 'schema.json');
  writeFileSync(schema, JSON.stringify([{ Table: table }]));
  const database = join(directory, 'dynamodb', 'dynamodb.db');
  await promisify(execFile)(engine, ['import', '--source', from, '--schema', schema, '--output', database]);
  writeFileSync(database, await withStreamCare(readFileSync(database)));
  rmSync(from, { recursive: true });
}

async function writeExport(file: string, count: number, bytes: number): Promise<void> {
  const zipped = createGzip({ level: 1 });
  const written = once(zipped.pipe(createWriteStream(file)), 'finish');
  let text = '';
  for (let index = 0; index < count; index += 1) {
    text += `{"Item":${storedItem(index, bytes)}}\n`;
    if (text.length < CHUNK) {
      continue;
    }
    if (!zipped.write(text)) {
      await once(zipped, 'drain');
    }
    text = '';
  }
  zipped.end(text);
  await written;
}
