import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { claimDirectory } from '../database/directory-claim.ts';
import { isTableFile } from '../database/table-files.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { copyFile, settle, sha256Of } from './copies.ts';
import { describeTables } from './describe.ts';
import { listSnapshots } from './manifests.ts';
import { checkName, KEPT_FOLDERS, manifestOf, type Places, type Snapshot, TABLES } from './snapshot.ts';

/** What to do about a server that has the data directory. */
export const STOP_IT = 'stop it first: snapshots are saved and restored while no server runs';
/** A younger folder may belong to a snapshot that is being saved. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Saves the data of a stopped server, also of one that was killed. The snapshot exists from the moment its file `NAME.json` is
 * put in place; a failure before leaves the earlier one.
 *
 * @param replace also if there is a snapshot of this name
 * @param log receives what the DynamoDB engine prints
 * @throws StartFailure when a server runs on the data, there is none, or the name is taken or unusable
 */
export async function saveSnapshot(
  places: Places,
  name: string,
  { replace, log }: { replace: boolean; log: (line: string) => void },
): Promise<Snapshot> {
  checkName(name);
  checkFree(places, name, replace);
  checkTables(places.data);
  mkdirSync(places.snapshots, { recursive: true, mode: 0o700 });
  removeAbandoned(places);
  const folder = mkdtempSync(join(places.snapshots, `${name}-`));
  try {
    copyData(places.data, folder);
    const tables = await describeTables(join(folder, TABLES), log);
    const files = await describeFiles(folder);
    const snapshot: Snapshot = {
      ...{ name, savedAt: new Date().toISOString(), folder: basename(folder), files, tables },
    };
    putInPlace(places, snapshot);
    return snapshot;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function checkFree(places: Places, name: string, replace: boolean): void {
  const file = manifestOf(places, name);
  if (!replace && existsSync(file)) {
    throw new StartFailure(`there is a snapshot ${name} already; choose another name, or pass --replace`);
  }
}

function checkTables(data: string): void {
  const tables = join(data, TABLES);
  if (!existsSync(tables) || !readdirSync(tables).some(isTableFile)) {
    throw new StartFailure(`there are no tables in ${data}; start a server once, or pass --data DIR`);
  }
}

function copyData(data: string, folder: string): void {
  const claim = claimDirectory(join(data, TABLES), STOP_IT);
  try {
    mkdirSync(join(folder, TABLES), { mode: 0o700 });
    for (const path of keptFiles(data)) {
      copyFile(join(data, path), join(folder, path));
    }
  } finally {
    claim.release();
  }
}

/** `dynamodb/dynamodb.db`, `streams/…`: without claims, which are of one server, and SQLite's shared memory. */
function keptFiles(directory: string): string[] {
  return KEPT_FOLDERS.flatMap((folder) =>
    (existsSync(join(directory, folder)) ? readdirSync(join(directory, folder), { withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .filter((name) => (folder === TABLES ? isTableFile(name) && !name.endsWith('-shm') : true))
      .map((name) => `${folder}/${name}`),
  );
}

async function describeFiles(folder: string): Promise<Snapshot['files']> {
  const files: Snapshot['files'] = [];
  for (const path of keptFiles(folder)) {
    const file = join(folder, path);
    settle(file);
    files.push({ path, bytes: statSync(file).size, sha256: await sha256Of(file) });
  }
  return files;
}

function putInPlace(places: Places, snapshot: Snapshot): void {
  const file = manifestOf(places, snapshot.name);
  const before = listSnapshots(places).find(({ name }) => name === snapshot.name);
  const next = join(places.snapshots, snapshot.folder, 'snapshot.json');
  writeFileSync(next, `${JSON.stringify(snapshot, null, 2)}\n`, { mode: 0o600 });
  settle(next);
  renameSync(next, file);
  if (before) {
    rmSync(join(places.snapshots, before.folder), { recursive: true, force: true });
  }
}

/** Removes folders that no snapshot names: of a process that was killed while it saved. */
function removeAbandoned(places: Places): void {
  const named = new Set(listSnapshots(places).map(({ folder }) => folder));
  for (const entry of readdirSync(places.snapshots, { withFileTypes: true })) {
    const path = join(places.snapshots, entry.name);
    const isOurs = entry.isDirectory() && existsSync(join(path, TABLES)) && !named.has(entry.name);
    if (isOurs && Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Removes a snapshot: first its file, so that it is there as a whole or not at all. */
export function removeSnapshot(places: Places, { name, folder }: Snapshot): void {
  rmSync(manifestOf(places, name));
  rmSync(join(places.snapshots, folder), { recursive: true, force: true });
}
