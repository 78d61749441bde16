import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isAbandoned } from './directory-claim.ts';

/** Containers often have 64 MB of shared memory, which a load test fills. */
const ENOUGH_MEMORY_BYTES = 512 * 1024 * 1024;
/** A younger folder may belong to a server that is about to claim it. */
const SETTLED_AFTER_MS = 60_000;

/**
 * A folder for temporary files that no other user can read: in memory (/dev/shm) on Linux if there is room, else in the
 * system's temporary folder.
 */
export function temporaryRoot(): string {
  const root = join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), `appsync-local-${userInfo().username}`);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  return isOurs(root) ? root : mkdtempSync(`${root}-`);
}

/** Creates a folder for one server's tables, after removing those of servers that have ended. */
export function makeTemporaryDirectory(root = temporaryRoot()): string {
  removeAbandoned(root);
  return mkdtempSync(join(root, 'run-'));
}

function hasRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= ENOUGH_MEMORY_BYTES;
  } catch {
    return false; // not Linux
  }
}

/** Another user could have created a folder of that name first. */
function isOurs(directory: string): boolean {
  const { uid, mode } = lstatSync(directory);
  if (process.platform === 'win32') {
    return true;
  } // its temporary folder is each user's own
  return uid === process.getuid?.() && (mode & 0o170777) === 0o040700;
}

function removeAbandoned(root: string): void {
  for (const name of readdirSync(root).filter((entry) => entry.startsWith('run-'))) {
    const directory = join(root, name);
    try {
      if (isSettled(directory) && isAbandoned(directory)) {
        rmSync(directory, { recursive: true, force: true });
      }
    } catch {
      // Its own server, or another one that starts now, is removing it; what is left then the next start removes.
    }
  }
}

function isSettled(directory: string): boolean {
  const { mtimeMs } = statSync(directory);
  const claimed = readdirSync(directory).some((name) => name.endsWith('.claim'));
  return claimed || Date.now() - mtimeMs > SETTLED_AFTER_MS;
}
