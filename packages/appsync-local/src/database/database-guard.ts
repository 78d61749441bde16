import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { watchPath } from './watch-path.ts';

/** For systems that do not report changes at once, and for folders further up. */
const LOOK_MS = 1_000;

/**
 * Watches that the engine's file stays in place. On Linux and macOS an engine continues with a deleted or moved file: it
 * acknowledges writes that nobody will find again.
 *
 * Watches the file itself, which is written now and then, and the folder that its own one lies in. In its own folder the write-ahead
 * log changes three times a put: that was 5 % of the CPU of a put without its feed (measured 2026-11-30).
 *
 * @param lost called once, with what happened to the file
 * @returns stops the watch
 */
export function guardDatabase(file: string, lost: (what: string) => void): () => void {
  let known = identityOf(file);
  const look = (): void => {
    const now = identityOf(file);
    if (known === null && now !== null) {
      known = now; // an engine may make it with its first table
      watchers.push(watchPath(file, look));
    }
    if (now === known || now === 'unknown') {
      return;
    }
    stop();
    lost(now === null ? 'was deleted or moved' : 'was replaced');
  };
  const folder = dirname(file);
  const timer = setInterval(look, LOOK_MS).unref();
  const watchers = [
    watchPath(dirname(folder), (event, name) => {
      if (event === 'rename' && (name === null || name === basename(folder))) {
        look();
      }
    }),
  ];
  if (known !== null) {
    watchers.push(watchPath(file, look));
  }
  const stop = (): void => {
    clearInterval(timer);
    for (const stopWatching of watchers) {
      stopWatching();
    }
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
