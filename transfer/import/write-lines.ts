import { parseLine } from '../format/parse-line.ts';
import type { Filled, Parsed } from '../format/row.ts';
import { shown } from '../format/unfit.ts';
import type { Progress } from '../progress.ts';
import {
  batchItems,
  type Entry,
  goesAlone,
  type OnConflict,
  type Settled,
  settle,
  settleTogether,
} from './settle.ts';
import { linesOf, type Source } from './source.ts';
import type { KeptState } from './state.ts';
import { readRow, type Tables } from './tables.ts';

/** With large items there are fewer in a batch, for a quick response. */
const BATCH_BYTES = 256 * 1024;
/** Of lines that are being written: the memory of an import. */
const MOST_BYTES = 1024 * 1024;
/** Between saves, from which a killed import resumes. */
const SAVE_MS = 1000;

export interface WriteOptions {
  onConflict: OnConflict;
  validated: boolean;
  /** A replaced item gets the version after its own, whatever the line says. */
  nextVersion: boolean;
  /** Concurrent calls. */
  concurrency: number;
}

/**
 * Writes the lines after the state's position. Reading waits for writing: no more than a few batches are in memory. Lines with
 * the same id are written one at a time, in the order of the file.
 */
export async function writeLines(
  source: Source,
  tables: Tables,
  kept: KeptState,
  options: WriteOptions,
  progress: Progress,
  stop: AbortSignal,
): Promise<void> {
  const { state } = kept;
  const most = batchItems(tables);
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  let failure: unknown;
  let batch: Entry[] = [];
  let batchBytes = 0;
  let runningBytes = 0;
  let read = 0;
  let saved = Date.now();

  const record = ({ place, id }: Entry, { outcome, why, unmarked }: Settled): void => {
    state.counts[outcome] += 1;
    state.unmarked ||= unmarked === true;
    if (why !== undefined) {
      progress.line(`${place}: item ${shown(id)} was not imported: ${why}`);
    }
  };
  const start = (entries: readonly Entry[], bytes: number, work: () => Promise<Settled[]>): void => {
    runningBytes += bytes;
    const task = work()
      .then((settled) => settled.forEach((one, index) => record(entries[index]!, one)))
      .catch((error: unknown) => (failure ??= error))
      .then(() => {
        running.delete(task);
        runningBytes -= bytes;
        for (const { id } of entries) {
          busy.delete(id);
        }
      });
    running.add(task);
  };
  const flush = (): void => {
    const entries = batch;
    const bytes = batchBytes;
    batch = [];
    batchBytes = 0;
    if (entries.length > 0) {
      start(entries, bytes, () => settleTogether(tables, entries, options.onConflict));
    }
  };
  const drain = async (): Promise<void> => {
    flush();
    while (running.size > 0) {
      await Promise.race(running);
    }
    if (failure !== undefined) {
      throw failure;
    }
  };
  const savePoint = async (position: number): Promise<void> => {
    await drain();
    state.position = position;
    kept.save();
    saved = Date.now();
  };

  let position = 0;
  try {
    for await (const line of linesOf(source, (sum) => (read = sum))) {
      if (line.position <= state.position) {
        position = line.position;
        continue;
      }
      if (stop.aborted || failure !== undefined) {
        break;
      }
      const parsed = parseLine(line.bytes, { now: state.now, validated: options.validated });
      if (parsed) {
        const entry = { ...parsed, filled: filledOf(parsed, options), place: line.place };
        if (busy.has(entry.id)) {
          await drain();
        }
        busy.add(entry.id);
        if (goesAlone(entry)) {
          // A read is cheaper than a failed transaction.
          start([entry], line.bytes.length, async () => [
            await settle(tables, entry, options.onConflict, await readRow(tables, entry.id)),
          ]);
        } else {
          batch.push(entry);
          batchBytes += line.bytes.length;
          if (batch.length >= most || batchBytes >= BATCH_BYTES) {
            flush();
          }
        }
        while (running.size >= options.concurrency || runningBytes >= MOST_BYTES) {
          await Promise.race(running);
        }
      }
      position = line.position;
      if (Date.now() - saved > SAVE_MS) {
        await savePoint(position);
      }
      progress.update('writing', read / source.bytes, settled(state.counts), notes(tables));
    }
    await savePoint(position);
  } finally {
    await Promise.allSettled(running);
  }
}

/** Items that are finished: written, there already, left or refused. */
const settled = (counts: object): number =>
  Object.values(counts).reduce((sum: number, one: number) => sum + one, 0);

const notes = ({ pace }: Tables): string[] =>
  pace.throttled > 0 ? [`throttled ${pace.throttled} times, ${pace.limit} calls at once`] : [];

/** A version that is not to be taken from the line counts as one that the line lacks. */
const filledOf = ({ filled }: Parsed, { nextVersion }: WriteOptions): Filled[] =>
  nextVersion && !filled.includes('version') ? [...filled, 'version'] : filled;
