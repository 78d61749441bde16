import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the engine can still write. */
export interface Room {
  /** The reason why it cannot, for people; null while it can. */
  shortage(): string | null;
  /** Checks again. Reports a shortage once, and its end. */
  look(): void;
  /** Stops checking. */
  stop(): void;
}

/** A transaction of 4 MB, in the write-ahead log and in the file. */
const NEEDED_BYTES = 8 * 1024 * 1024;
const PROBE_BYTES = 1024 * 1024;
const LOOK_AGAIN_MS = 2_000;
/** Regardless of how many writes fail. */
const LOOK_AT_MOST_EACH_MS = 1_000;

/**
 * Watches the space for an engine's file. The free space of a disk does not reflect quotas, so it also writes a file.
 *
 * @param directory of the engine's file
 */
export function watchRoom(directory: string, log: (line: string) => void): Room {
  let isShort = false;
  let timer: NodeJS.Timeout | undefined;
  let looked = -Infinity;
  const shortage = (): string | null => shortageOf(directory);

  function look(): void {
    clearTimeout(timer);
    looked = performance.now();
    const reason = shortage();
    if (reason !== null && !isShort) {
      log(`${reason}: writes fail until space is freed`);
    }
    if (reason === null && isShort) {
      log(`there is space again in ${directory}`);
    }
    isShort = reason !== null;
    if (isShort) {
      timer = setTimeout(look, LOOK_AGAIN_MS).unref();
    }
  }

  return {
    shortage,
    look() {
      if (performance.now() - looked >= LOOK_AT_MOST_EACH_MS) {
        look();
      }
    },
    stop: () => clearTimeout(timer),
  };
}

function shortageOf(directory: string): string | null {
  const reason = `no space is left in ${directory}`;
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < NEEDED_BYTES || !canWrite(join(directory, 'room.probe')) ? reason : null;
  } catch {
    return null; // the directory is gone, which is another matter
  }
}

function canWrite(file: string): boolean {
  try {
    const opened = openSync(file, 'w', 0o600);
    try {
      writeSync(opened, Buffer.alloc(PROBE_BYTES));
      fsyncSync(opened);
      return true;
    } finally {
      closeSync(opened);
    }
  } catch {
    return false;
  } finally {
    rmSync(file, { force: true });
  }
}
