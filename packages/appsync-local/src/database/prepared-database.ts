import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type initSqlJsOf from 'sql.js';
import { loadPackageFile } from '../ground/package-files.ts';
import { makeTemporaryDirectory, temporaryRoot } from './temporary-directory.ts';

/**
 * The engine takes a stream record's number from `MAX(CAST(sequence_number AS INTEGER))` over all records of the table, which
 * it reads one by one: a put takes 1.4 ms with 0 records, 12 ms with 40,000. With this index it stays at 1 (measured
 * 2026-11-23), and GetRecords finds its position at once too.
 */
export const STREAM_INDEX = `CREATE INDEX IF NOT EXISTS appsync_local_stream_sequence
  ON _stream_records(table_name, CAST(sequence_number AS INTEGER))`;

/**
 * The engine keeps stream records for ever; AWS keeps them for 24 hours ("Change data capture for DynamoDB Streams"). So each
 * new record removes up to two old ones of its table, found by the index. The newest one stays, because the next number follows
 * from it.
 */
export const STREAM_TRIM = `CREATE TRIGGER IF NOT EXISTS appsync_local_stream_trim AFTER INSERT ON _stream_records BEGIN
  DELETE FROM _stream_records WHERE created_at < NEW.created_at - 86400 AND id IN (
    SELECT id FROM _stream_records WHERE table_name = NEW.table_name
    ORDER BY CAST(sequence_number AS INTEGER) LIMIT 2);
END`;

/** Starts the engine once on a file that does not exist, so that it creates its tables, and stops it. */
export type LayOut = (file: string) => Promise<void>;

/**
 * Creates an empty database with the stream index and the trimming at `file`, unless the file exists. The engine must not be
 * running on it. Making one takes two starts and SQLite in WebAssembly, about 100 ms, so it is made once per engine program,
 * kept in the temporary root and copied from there (under 1 ms).
 *
 * @param binary The engine's program; another one may create different tables.
 * @param root The folder that keeps the database. Default: the temporary root.
 */
export async function prepareDatabase(
  file: string,
  binary: string,
  layOut: LayOut,
  root = temporaryRoot(),
): Promise<void> {
  if (existsSync(file)) {
    return;
  }
  const prepared = join(root, `empty-${fingerprint(binary)}.db`);
  if (!existsSync(prepared)) {
    await makePrepared(prepared, layOut, root);
  }
  copyFileSync(prepared, `${file}.new`);
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

function fingerprint(binary: string): string {
  const { size, mtimeMs } = statSync(binary);
  return createHash('sha256')
    .update(`${binary} ${size} ${mtimeMs} ${STREAM_INDEX} ${STREAM_TRIM}`)
    .digest('hex')
    .slice(0, 16);
}

async function makePrepared(prepared: string, layOut: LayOut, root: string): Promise<void> {
  const directory = makeTemporaryDirectory(root);
  try {
    const file = join(directory, 'empty.db');
    await layOut(file);
    writeFileSync(file, await withStreamCare(readFileSync(file)));
    renameSync(file, prepared);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A stopped engine leaves everything in the one file: its write-ahead log is merged and removed. */
export async function withStreamCare(database: Uint8Array): Promise<Uint8Array> {
  const initSqlJs = loadPackageFile('sql.js', 'dist/sql-wasm.js') as typeof initSqlJsOf;
  const sql = await initSqlJs();
  const opened = new sql.Database(database);
  try {
    opened.run(STREAM_INDEX);
    opened.run(STREAM_TRIM);
    return opened.export();
  } finally {
    opened.close();
  }
}
