import { createWriteStream, openSync, closeSync, fsyncSync, renameSync, rmSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Progress } from '../progress.ts';
import { merge } from './merge.ts';
import { createRun, readRun, type Record } from './run-file.ts';
import type { Workplace } from './state.ts';

/** Files open at once; systems allow a process 256 or more. */
const FAN_IN = 64;
const CHUNK = 256 * 1024;

/** Merges runs until few enough are left to be read at once. The state records each step before the files that it replaces are removed. */
export async function reduceRuns(workplace: Workplace, stop: AbortSignal): Promise<void> {
  const { state } = workplace;
  while (state.runs.length > FAN_IN && !stop.aborted) {
    const some = state.runs.slice(0, FAN_IN);
    const name = workplace.newRun();
    const run = createRun(workplace.pathOf(name));
    for await (const record of mergedRuns(workplace, some)) {
      run.write(record);
    }
    run.close();
    state.runs = [...state.runs.slice(FAN_IN), name];
    workplace.save();
    for (const one of some) {
      rmSync(workplace.pathOf(one));
    }
  }
}

const mergedRuns = (workplace: Workplace, runs: readonly string[]): AsyncGenerator<Record> =>
  merge(runs.map((run) => readRun(workplace.pathOf(run))));

/** Writes all lines, sorted by id; creates each chunk after the previous one was taken. */
async function writeLines(workplace: Workplace, progress: Progress, outputs: Writable[]): Promise<void> {
  const { runs, items } = workplace.state;
  async function* chunks(): AsyncGenerator<string> {
    let pending: string[] = [];
    let length = 0;
    let written = 0;
    for await (const { line } of mergedRuns(workplace, runs)) {
      pending.push(line, '\n');
      length += line.length;
      written += 1;
      if (length >= CHUNK) {
        yield pending.join('');
        pending = [];
        length = 0;
        progress.update('sorting', written / items, written);
      }
    }
    if (pending.length > 0) {
      yield pending.join('');
    }
  }
  await pipeline([Readable.from(chunks()), ...outputs]);
}

/** Writes FILE completely or not at all, compressed if its name ends with `.gz`. */
export async function writeFile(workplace: Workplace, file: string, progress: Progress): Promise<void> {
  const result = workplace.pathOf('result');
  const pack = file.endsWith('.gz') ? [createGzip()] : [];
  await writeLines(workplace, progress, [...pack, createWriteStream(result)]);
  const written = openSync(result, 'r+');
  fsyncSync(written);
  closeSync(written);
  renameSync(result, file);
}

/** Leaves standard output open, which is not ours to end. */
export async function writeToStdout(workplace: Workplace, progress: Progress): Promise<void> {
  await writeLines(workplace, progress, [process.stdout]);
}
