import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isTableFile } from '../database/table-files.ts';
import { KEPT_FOLDERS, TABLES } from './snapshot.ts';

/** A copy of a snapshot that is being made, in the data directory. */
export const STAGED = 'restore.new';
/** A whole copy of a snapshot, that takes the place of the data. */
export const READY = 'restore.ready';

/**
 * Moves a whole copy of a snapshot into the place of the data; without one it does nothing. Each file or folder that has been
 * moved is gone from the copy, so a process that is killed in between leaves what the next one continues.
 *
 * @param data directory whose tables this process has claimed
 */
export function finishRestore(data: string): void {
  const ready = join(data, READY);
  if (!existsSync(ready)) {
    return;
  }
  for (const folder of KEPT_FOLDERS) {
    if (existsSync(join(ready, folder))) {
      move(join(ready, folder), join(data, folder), folder === TABLES);
    }
  }
  rmSync(ready, { recursive: true, force: true });
}

function move(from: string, to: string, areTables: boolean): void {
  if (!areTables) {
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
    return;
  }
  // The folder has the claim of this process, so its files are moved. A log beside the tables would be taken for theirs.
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const files = readdirSync(from);
  if (files.length > 0) {
    for (const name of readdirSync(to).filter(isTableFile)) {
      rmSync(join(to, name));
    }
  }
  for (const name of files) {
    renameSync(join(from, name), join(to, name));
  }
}
