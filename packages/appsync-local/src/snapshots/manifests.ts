import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';
import { checkName, KEPT_FOLDERS, manifestOf, type Places, type Snapshot } from './snapshot.ts';

/** All snapshots, by name. Files that are none are left out. */
export function listSnapshots(places: Places): Snapshot[] {
  const names = existsSync(places.snapshots) ? readdirSync(places.snapshots) : [];
  return names
    .flatMap((file) => parse(join(places.snapshots, file)) ?? [])
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** @throws StartFailure when there is no such snapshot, or its file cannot be read */
export function readSnapshot(places: Places, name: string): Snapshot {
  checkName(name);
  const file = manifestOf(places, name);
  if (!existsSync(file)) {
    throw new StartFailure(`there is no snapshot ${name} in ${places.snapshots}; ${choice(places)}`);
  }
  const snapshot = parse(file);
  if (!snapshot) {
    throw new StartFailure(`${file} does not describe a snapshot; remove it, and save the snapshot again`);
  }
  return snapshot;
}

function choice(places: Places): string {
  const names = listSnapshots(places).map(({ name }) => name);
  return names.length === 0
    ? 'save one with npx appsync-local data save NAME'
    : `there is ${names.join(', ')}`;
}

/** Null for a file that is no snapshot of this program. */
function parse(file: string): Snapshot | null {
  if (!file.endsWith('.json')) {
    return null;
  }
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
    const paths = [`x/${read.folder}`, ...read.files.map(({ path }) => path)];
    // A snapshot may come from somebody else: its paths must not leave its folders.
    return paths.every(isOneBelow) && read.files.every(isKept) && Array.isArray(read.tables) ? read : null;
  } catch {
    return null;
  }
}

const isOneBelow = (path: string): boolean => /^\w+\/(?!\.)[^/\\:]+$/.test(path);

const isKept = ({ path }: { path: string }): boolean =>
  KEPT_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
