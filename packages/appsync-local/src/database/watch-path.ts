import { watch } from 'node:fs';

/**
 * Calls `changed` when the system reports a change of a file, or of a folder and what is directly in it. Some file systems do not report
 * (network drives, some of WSL), so listeners should also look from time to time.
 *
 * @param changed receives `rename` or `change`, and the name of what has changed, null where the system does not say
 * @returns stops it
 */
export function watchPath(path: string, changed: (event: string, name: string | null) => void): () => void {
  try {
    const watcher = watch(path, { persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {}; // the limit of watches is reached, or the system has none
  }
}
