import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls `onWrite` when the engine has written to its database, whoever had it do so: the system tells of changes to
 * the file and to its write-ahead log. That comes a little before the write is acknowledged, and costs nothing while
 * nobody writes. Not every file system tells (network drives, some of WSL), so whoever listens looks now and then too.
 *
 * @returns ends it
 */
export function watchWrites(databaseFile: string, onWrite: () => void): () => void {
  const name = basename(databaseFile);
  try {
    // The folder, because the log comes and goes with the engine.
    const watcher = watch(dirname(databaseFile), { persistent: false }, (_, changed) => {
      if (changed === null || changed.startsWith(name)) {
        onWrite();
      }
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {}; // the limit of watches is reached, or the system has none
  }
}
