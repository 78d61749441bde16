import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTables } from '../../../src/database/create-tables.ts';
import { createDynamoDbClient } from '../../../src/database/dynamodb-client.ts';
import { layOut } from '../../../src/database/dynoxide.ts';
import { findEngineBinary } from '../../../src/database/engine-binary.ts';
import { startEngine } from '../../../src/database/engine.ts';
import { prepareDatabase } from '../../../src/database/prepared-database.ts';
import { tableModel } from './harness/dynamodb.ts';

/** The statement the engine runs before every stream record (read out of its program, 1.2.1). */
const NEXT_NUMBER =
  'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1';
/** The statement behind GetRecords. */
const RECORDS = `SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity
  FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3
  ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4`;

const streamed = () => tableModel({ streamViewType: 'NEW_AND_OLD_IMAGES' });

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'stream-cost-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function indexesOf(file: string): Promise<unknown[]> {
  const sql = await initSqlJs();
  const database = new sql.Database(readFileSync(file));
  const [found] = database.exec("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
  database.close();
  return found?.values.flat() ?? [];
}

test('an empty database is made with the index, kept, and not touched where there is one', async () => {
  const [root, directory, binary] = [makeDirectory(), makeDirectory(), findEngineBinary() ?? ''];
  const [first, second] = [join(directory, 'first.db'), join(directory, 'second.db')];
  let made = 0;
  const make = (file: string): Promise<void> => ((made += 1), layOut(binary, file));

  await prepareDatabase(first, binary, make, root);
  await prepareDatabase(second, binary, make, root);
  writeFileSync(second, 'in use');
  await prepareDatabase(second, binary, make, root);

  expect(await indexesOf(first)).toEqual(['appsync_local_stream_sequence']);
  expect(made).toBe(1);
  expect(readFileSync(second, 'utf8')).toBe('in use');
});

/** Runs an engine on a new directory, with a table that has a stream, and then plans a statement on its file. */
async function planAfterUse(statement: string): Promise<string> {
  const dataDirectory = makeDirectory();
  const engine = await startEngine({ dataDirectory, log: () => {} });
  const client = createDynamoDbClient({ endpoint: engine.endpoint, region: 'us-east-1' });
  const table = streamed();
  await createTables(client, [table]);
  await client.call('PutItem', { TableName: table.tableName, Item: { id: { S: '1' } } });
  await client.close();
  await engine.close();
  const sql = await initSqlJs();
  const database = new sql.Database(readFileSync(join(dataDirectory, 'dynamodb.db')));
  const [plan] = database.exec(`EXPLAIN QUERY PLAN ${statement}`);
  database.close();
  return JSON.stringify(plan?.values);
}

test('records older than 24 hours go as new ones come, and no others', async () => {
  const dataDirectory = makeDirectory();
  const file = join(dataDirectory, 'dynamodb.db');
  await prepareDatabase(file, findEngineBinary() ?? '', (empty) => layOut(findEngineBinary() ?? '', empty));
  const sql = await initSqlJs();
  const database = new sql.Database(readFileSync(file));
  const add = (table: string, from: number, to: number, createdAt: number): void => {
    for (let n = from; n <= to; n += 1) {
      database.run(
        `INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at)
         VALUES ('${table}', 'INSERT', '{}', '${n}', 'shard', ${createdAt})`,
      );
    }
  };
  const numbersOf = (table: string): unknown[] =>
    database
      .exec(
        `SELECT CAST(sequence_number AS INTEGER) FROM _stream_records WHERE table_name = '${table}' ORDER BY 1`,
      )[0]
      ?.values.flat() ?? [];
  const day = 86_400;

  add('other', 1, 3, 1_000);
  add('table', 8, 12, 1_000);
  add('table', 13, 14, 1_000 + day);
  const before = numbersOf('table');
  add('table', 15, 16, 1_001 + day);
  const half = numbersOf('table');
  add('table', 17, 20, 1_001 + day);
  const after = numbersOf('table');
  const other = numbersOf('other');
  database.close();

  expect(before).toEqual([8, 9, 10, 11, 12, 13, 14]);
  expect(half).toEqual([12, 13, 14, 15, 16]);
  expect(after).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  expect(other).toEqual([1, 2, 3]);
});

test('the number of the next stream record is found by index alone', async () => {
  const plan = await planAfterUse(NEXT_NUMBER);

  expect(plan).toContain('COVERING INDEX appsync_local_stream_sequence (table_name=?)');
  expect(plan).not.toContain('SCAN');
});

test('stream records are read from their place on, in order, by index', async () => {
  const plan = await planAfterUse(RECORDS);

  expect(plan).toContain('INDEX appsync_local_stream_sequence (table_name=? AND <expr>>?)');
  expect(plan).not.toContain('TEMP B-TREE');
});

describe.runIf(process.env.RUN_SLOW)('at 20,000 records (RUN_SLOW=1)', () => {
  test('a put costs at most twice what the first ones cost', { timeout: 300_000 }, async () => {
    const engine = await startEngine({ memory: true, log: () => {} });
    onTestFinished(() => engine.close());
    const client = createDynamoDbClient({ endpoint: engine.endpoint, region: 'us-east-1' });
    onTestFinished(() => client.close());
    const table = streamed();
    await createTables(client, [table]);
    const times: number[] = [];
    for (let n = 0; n < 20_000; n += 1) {
      const begun = performance.now();
      await client.call('PutItem', { TableName: table.tableName, Item: { id: { S: `item-${n}` } } });
      times.push(performance.now() - begun);
    }

    const first = median(times.slice(0, 1000));
    const last = median(times.slice(-1000));

    console.log(`put p50: first thousand ${first.toFixed(2)} ms, last thousand ${last.toFixed(2)} ms`);
    expect(last).toBeLessThanOrEqual(2 * first);
  });
});

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
