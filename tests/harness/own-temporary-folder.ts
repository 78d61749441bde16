import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/**
 * Gives this process, and all that it starts from now on, a temporary folder of their own. It is removed when the process ends, with all
 * that is left in it, so nothing of a run stays on the machine, and what stayed is known: other runs on the machine have folders of their own.
 *
 * @param name begins the folder's name
 * @param atEnd is called with what is left there, sorted
 */
export function ownTemporaryFolder(name: string, atEnd: (left: string[]) => void = () => {}): void {
  if (new RegExp(`^${name}-\\d+-`).test(basename(tmpdir()))) {
    return; // a configuration that is loaded again, perhaps by a test, in a worker that is killed in the end
  }
  const folder = mkdtempSync(join(tmpdir(), `${name}-${process.pid}-`));
  for (const variable of ['TMPDIR', 'TEMP', 'TMP']) {
    process.env[variable] = folder; // the first on POSIX, the others on Windows
  }
  process.once('exit', () => {
    atEnd(readdirSync(folder).sort());
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
}
