import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Checkpoint } from './position.ts';

/** Stores the checkpoint of one mapping. */
export interface CheckpointFile {
  /** The last stored checkpoint; null when there is none, or it cannot be read. */
  load(): Checkpoint | null;
  /** Writes a checkpoint; of those saved during a write, the latest is written after it. */
  save(checkpoint: Checkpoint): void;
  /** Resolves once everything saved so far is on file. */
  flush(): Promise<void>;
}

/**
 * Replaces the file by a new one, so that a killed process leaves either the old or the new. Records handled in between are
 * handled again.
 *
 * @param file null keeps nothing
 * @param report called once, with the reason, when nothing can be written
 */
export function openCheckpointFile(file: string | null, report: (line: string) => void): CheckpointFile {
  if (file === null) {
    return { load: () => null, save: () => {}, flush: async () => {} };
  }
  let waiting: Checkpoint | null = null;
  let writing: Promise<void> | null = null;
  let reported = false;

  async function write(): Promise<void> {
    let written: Checkpoint | null = null;
    try {
      while (waiting) {
        written = waiting;
        waiting = null;
        await writeFile(`${file}.new`, JSON.stringify(written), { mode: 0o600 });
        await rename(`${file}.new`, file!);
      }
    } catch (error) {
      waiting ??= written; // with the next one, or when the server stops
      if (!reported) {
        report(`the position in a stream cannot be kept: ${(error as Error).message}`);
      }
      reported = true;
    } finally {
      writing = null;
    }
  }

  return {
    load: () => load(file, report),
    save(checkpoint) {
      waiting = checkpoint;
      writing ??= write();
    },
    flush: async () => {
      await writing;
      if (waiting) {
        await (writing ??= write());
      }
    },
  };
}

function load(file: string, report: (line: string) => void): Checkpoint | null {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Checkpoint>;
    if (typeof kept.streamArn === 'string' && typeof kept.shards === 'object') {
      return kept as Checkpoint;
    }
    throw new SyntaxError('its content is not a position');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      report(
        `${file} cannot be read (${(error as Error).message}); the stream is read from its oldest record`,
      );
    }
    return null;
  }
}
