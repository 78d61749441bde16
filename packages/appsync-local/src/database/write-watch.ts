import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls `onWrite` when the engine has written to its database for any client: the system reports changes to the file and to its
 * write-ahead log. The report comes slightly before the write is acknowledged, and costs nothing while nobody writes. Some file
 * systems do not report (network drives, some of WSL), so listeners should also check from time to time.
 *
 * @returns stops it
 */
export function watchWrites(databaseFile: string, onWrite: () => void): () => void {
  const name = basename(databaseFile);
  try {
    // Watches the folder, because the log is created and removed with the engine.
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
