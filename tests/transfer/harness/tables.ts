import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import type { Row } from '../../../transfer/format/row.ts';

/** A folder of this test only, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'transfer-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestTables {
  items: string;
  constraints: string;
}

let made = 0;

/** Two empty tables of the names and keys that the stack's have. */
export async function createTables(client: DynamoDBClient): Promise<TestTables> {
  made += 1;
  const tables = { items: `t${made}-Items`, constraints: `t${made}-Constraints` };
  for (const [name, key] of [
    [tables.items, 'id'],
    [tables.constraints, 'pk'],
  ] as const) {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      }),
    );
  }
  return tables;
}

/** Writes rows as any SDK does, without the import. */
export async function putRows(client: DynamoDBClient, table: string, rows: readonly Row[]): Promise<void> {
  for (let first = 0; first < rows.length; first += 25) {
    const RequestItems = { [table]: rows.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } })) };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
  }
}

/** All rows of a table by their key. */
export async function rowsOf(client: DynamoDBClient, table: string, key = 'id'): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  let ExclusiveStartKey: Row | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ExclusiveStartKey, ConsistentRead: true }),
    );
    for (const row of page.Items ?? []) {
      rows.set(row[key]!.S!, row);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}
