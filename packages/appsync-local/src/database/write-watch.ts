import { basename, dirname } from 'node:path';
import { watchPath } from './watch-path.ts';

/**
 * Calls `onWrite` when the engine has written to its database for any client: the system reports changes to the file and to its
 * write-ahead log. The report comes slightly before the write is acknowledged, and costs nothing while nobody writes.
 *
 * @returns stops it
 */
export function watchWrites(databaseFile: string, onWrite: () => void): () => void {
  const name = basename(databaseFile);
  // Watches the folder, because the log is created and removed with the engine.
  return watchPath(dirname(databaseFile), (_, changed) => {
    if (changed === null || changed.startsWith(name)) {
      onWrite();
    }
  });
}
