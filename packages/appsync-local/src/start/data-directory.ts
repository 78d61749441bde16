import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';

/** What this server keeps in a data directory; a directory that people name may hold other things too. */
const KEPT =
  /^(dynamodb|queues|streams|tls|topics|credentials\.json(\.new)?|pagination\.key|.+\.key\.json(\..+)?)$/;
/** Cloud assemblies hold nothing that the project's folder does not. */
const ASSEMBLIES = 'assemblies';

/** Permission bits of everybody but the owner. */
const OTHERS = 0o077;

/**
 * Makes the data directory, for its owner alone, or takes from everybody else what an existing one allowed: it holds
 * other people's items, and the keys that tokens and connections are signed with. Files are made with 0600 by whoever
 * makes them. What is not ours is left as it is, and so is then the directory itself; our folders in it are closed.
 *
 * @param report called with what could not be closed
 * @throws StartFailure when it cannot be made or read
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
    mkdirSync(directory, { recursive: true, mode: 0o700 });
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

/** Closes a file, or a folder and then all that it holds. What a link leads to is somebody's own affair. */
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
      report(`${path} is open to other users and cannot be closed (${code}): chmod go= it`),
    );
  }
}

function listed(folder: string, report: Report): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    unlessGone(error, (code) =>
      report(`${folder} cannot be read (${code}); it may hold files that are open to other users`),
    );
    return [];
  }
}

/** Files come and go while this looks: another server may be running on the directory, which is noticed only afterwards. */
function unlessGone(error: unknown, tell: (code?: string) => void): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') {
    tell(code);
  }
}
