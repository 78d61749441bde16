import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimDirectory } from '../database/directory-claim.ts';
import { isTableFile } from '../database/table-files.ts';
import { differenceOf } from '../database/table-shape.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { copyFile, settle, sha256Of } from './copies.ts';
import { describeTables } from './describe.ts';
import { finishRestore, READY, STAGED } from './finish-restore.ts';
import { readSnapshot } from './manifests.ts';
import { STOP_IT } from './save.ts';
import { KEPT_FOLDERS, type Places, type Snapshot, type SnapshotTable, TABLES } from './snapshot.ts';

/**
 * Puts a snapshot in the place of the data of a stopped server. First a verified copy is made beside the data; a failure until
 * then changes nothing. Then the copy is declared ready by one rename, and whoever comes next finishes what a killed process has
 * begun (`finishRestore`).
 *
 * @param force also if the tables in the data directory have other keys, or cannot be read
 * @param log receives what the DynamoDB engine prints
 * @throws StartFailure when a server runs on the data, there is no such snapshot, it is damaged, or it has other tables
 */
export async function restoreSnapshot(
  places: Places,
  name: string,
  { force, log }: { force: boolean; log: (line: string) => void },
): Promise<Snapshot> {
  const snapshot = readSnapshot(places, name);
  const { data } = places;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (!force) {
    await checkShapes(data, snapshot, log);
  }
  const claim = claimDirectory(join(data, TABLES), STOP_IT);
  try {
    finishRestore(data);
    await stage(places, snapshot);
    renameSync(join(data, STAGED), join(data, READY));
    finishRestore(data);
  } finally {
    rmSync(join(data, STAGED), { recursive: true, force: true });
    claim.release();
  }
  return snapshot;
}

/** @throws StartFailure for tables that a server of the same app could not use */
async function checkShapes(data: string, snapshot: Snapshot, log: (line: string) => void): Promise<void> {
  const tables = join(data, TABLES);
  if (!existsSync(tables) || !readdirSync(tables).some(isTableFile)) {
    return;
  }
  claimDirectory(tables, STOP_IT).release();
  const existing = await describeTables(tables, log).catch((error: Error) => {
    throw new StartFailure(
      `the tables in ${data} cannot be compared with the snapshot (${error.message}); pass --force to replace them anyway`,
      { cause: error },
    );
  });
  const reason = shapesDiffer(existing, snapshot.tables, data);
  if (reason !== null) {
    throw new StartFailure(
      `snapshot ${snapshot.name} ${reason}; ` +
        'restore it to another place with --data DIR, or pass --force if the app that you start next has its tables',
    );
  }
}

/** In words; null when a server can go from one to the other. */
export function shapesDiffer(
  existing: SnapshotTable[],
  wanted: SnapshotTable[],
  data: string,
): string | null {
  const shared = wanted.flatMap((table) => {
    const there = existing.find(({ TableName }) => TableName === table.TableName);
    return there ? [{ table, there }] : [];
  });
  if (shared.length === 0 && existing.length > 0) {
    return `has ${namesOf(wanted)}, and ${data} has ${namesOf(existing)}`;
  }
  for (const { table, there } of shared) {
    const difference = differenceOf(shapeOf(there), table, data);
    if (difference !== null) {
      return `has table ${table.TableName} with ${difference}`;
    }
  }
  return null;
}

const namesOf = (tables: SnapshotTable[]): string =>
  tables.length === 0 ? 'no tables' : `table ${tables.map(({ TableName }) => TableName).join(', ')}`;

const shapeOf = ({ KeySchema, AttributeDefinitions, LocalSecondaryIndexes = [] }: SnapshotTable) => ({
  keySchema: KeySchema,
  attributeDefinitions: AttributeDefinitions,
  localSecondaryIndexes: LocalSecondaryIndexes,
});

/** Copies the files of a snapshot beside the data, and compares them with what was saved. */
async function stage({ data, snapshots }: Places, { name, folder, files }: Snapshot): Promise<void> {
  const staged = join(data, STAGED);
  rmSync(staged, { recursive: true, force: true }); // of a process that was killed
  for (const kept of KEPT_FOLDERS) {
    mkdirSync(join(staged, kept), { recursive: true, mode: 0o700 });
  }
  for (const { path, bytes, sha256 } of files) {
    const from = join(snapshots, folder, path);
    const size = statSync(from, { throwIfNoEntry: false })?.size;
    if (size !== bytes) {
      throw damaged(name, from, size === undefined ? 'is missing' : `has ${size} bytes, not ${bytes}`);
    }
    const to = join(staged, path);
    copyFile(from, to);
    if ((await sha256Of(to)) !== sha256) {
      throw damaged(name, from, 'has changed since it was saved');
    }
    settle(to);
  }
}

const damaged = (name: string, file: string, how: string): StartFailure =>
  new StartFailure(`snapshot ${name} is damaged: ${file} ${how}; the data is as it was. Save it again.`);
