import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../ground/make-directory.ts';
import { StartFailure } from '../ground/start-failure.ts';

/** What this server keeps in a data directory; a directory named by people may contain other things too. */
const KEPT =
  /^(dynamodb|queues|restore\.(new|ready)|snapshots|streams|tls|topics|credentials\.json(\.new)?|pagination\.key|.+\.key\.json(\..+)?)$/;
/** Cloud assemblies contain nothing that is not in the project's folder. */
const ASSEMBLIES = 'assemblies';

/** Permission bits of everybody but the owner. */
const OTHERS = 0o077;

/**
 * Creates the data directory with access only for its owner, or removes other users' access to an existing one: it contains
 * other people's items, and the keys that sign tokens and connections. Whoever creates a file in it uses mode 0600. If the
 * directory has other files, they and the directory itself are left alone; only our folders in it are closed.
 *
 * @param report receives what could not be closed
 * @throws StartFailure when it cannot be created or read
 */
export function openDataDirectory(directory: string, report: Report): void {
  if (process.platform === 'win32') {
    return;
  } // its permissions are inherited, and say nothing in these bits
  const names = namesIn(directory);
  for (const name of names) {
    if (KEPT.test(name)) {
      closeAll(join(directory, name), report);
    }
  }
  const isOurs = names.every((name) => KEPT.test(name) || name === ASSEMBLIES);
  if (isOurs) {
    close(directory, statSync(directory).mode, report);
  }
}

function namesIn(directory: string): string[] {
  try {
    makeDirectory(directory, 0o700);
    return readdirSync(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFailure(
      `the data directory ${directory} cannot be written (${code}); pass --data DIR or --memory`,
      { cause: error },
    );
  }
}

type Report = (line: string) => void;

/** Removes other users' access to a file, or to a folder and all that it contains. Does not follow links. */
function closeAll(path: string, report: Report): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() && !stats?.isDirectory()) {
    return;
  }
  close(path, stats.mode, report);
  if (stats.isDirectory()) {
    for (const name of listed(path, report)) {
      closeAll(join(path, name), report);
    }
  }
}

function close(path: string, mode: number, report: Report): void {
  try {
    if ((mode & OTHERS) !== 0) {
      chmodSync(path, mode & 0o700);
    }
  } catch (error) {
    unlessGone(error, (code) =>
      report(
        `${path} is accessible to other users, and its mode cannot be changed (${code}): run chmod go= on it`,
      ),
    );
  }
}

function listed(folder: string, report: Report): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    unlessGone(error, (code) =>
      report(`${folder} cannot be read (${code}); it may contain files that are accessible to other users`),
    );
    return [];
  }
}

/** Files may disappear meanwhile: another server may be running on the directory, which is noticed only afterwards. */
function unlessGone(error: unknown, tell: (code?: string) => void): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') {
    tell(code);
  }
}
