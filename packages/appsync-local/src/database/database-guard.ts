import { statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** For systems that do not report changes at once. */
const LOOK_MS = 1_000;

/**
 * Watches that the engine's file stays in place. On Linux and macOS an engine continues with a deleted or moved file: it
 * acknowledges writes that nobody will find again.
 *
 * @param lost called once, with what happened to the file
 * @returns stops the watch
 */
export function guardDatabase(file: string, lost: (what: string) => void): () => void {
  let known = identityOf(file);
  const look = (): void => {
    const now = identityOf(file);
    known ??= now; // an engine may make it with its first table
    if (now === known || now === 'unknown') {
      return;
    }
    stop();
    lost(now === null ? 'was deleted or moved' : 'was replaced');
  };
  const timer = setInterval(look, LOOK_MS).unref();
  const stopWatching = watchFolder(file, look);
  const stop = (): void => {
    clearInterval(timer);
    stopWatching();
  };
  return stop;
}

/** The system's own number of the file, which a new file of the same name does not share; null for a missing file. */
function identityOf(file: string): string | null {
  try {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? null : 'unknown';
  }
}

function watchFolder(file: string, look: () => void): () => void {
  const companion = `${basename(file)}-`; // the write-ahead log comes and goes
  try {
    const watcher = watch(dirname(file), { persistent: false }, (event, name) => {
      if (event === 'rename' && !name?.startsWith(companion)) {
        look();
      }
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {}; // the limit of watches is reached, or the system has none
  }
}
