import { createWriteStream, openSync, closeSync, fsyncSync, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { Progress } from '../progress.ts';
import { merge } from './merge.ts';
import { createRun, readRun, type Record } from './run-file.ts';
import type { Workplace } from './state.ts';

/** Runs read at once: each has a buffer, of half a megabyte where items are as large as they can be. */
const FAN_IN = 32;
const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/** Merges runs until few enough are left to be read at once. The state records each step before the files that it replaces are removed. */
export async function reduceRuns(workplace: Workplace, stop: AbortSignal): Promise<void> {
  const { state } = workplace;
  while (state.runs.length > FAN_IN && !stop.aborted) {
    const some = state.runs.slice(0, FAN_IN);
    const name = workplace.newRun();
    const run = createRun(workplace.pathOf(name));
    for (const record of mergedRuns(workplace, some)) {
      run.write(record);
    }
    run.close();
    state.runs = [...state.runs.slice(FAN_IN), name];
    workplace.save();
    for (const one of some) {
      rmSync(workplace.pathOf(one));
    }
    await turn(); // for Ctrl-C
  }
}

const mergedRuns = (workplace: Workplace, runs: readonly string[]): Generator<Record> =>
  merge(runs.map((run) => readRun(workplace.pathOf(run))));

/** Writes all lines, sorted by id, through one buffer, which is filled again once it was taken. */
async function writeLines(workplace: Workplace, progress: Progress, output: Writable): Promise<void> {
  const { runs, items } = workplace.state;
  let buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  let written = 0;
  const flush = async (): Promise<void> => {
    await taken(output, buffer.subarray(0, used));
    used = 0;
    progress.update('sorting', written / items, written);
  };
  for (const { line } of mergedRuns(workplace, runs)) {
    if (used + line.length >= buffer.length) {
      await flush();
    }
    if (line.length >= buffer.length) {
      buffer = Buffer.allocUnsafeSlow(2 * line.length);
    }
    buffer.set(line, used);
    used += line.length;
    buffer[used] = NEWLINE;
    used += 1;
    written += 1;
  }
  await flush();
}

const taken = (output: Writable, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => output.write(bytes, (error) => (error ? reject(error) : resolve())));

/** Writes FILE completely or not at all, compressed if its name ends with `.gz`. */
export async function writeFile(workplace: Workplace, file: string, progress: Progress): Promise<void> {
  const result = workplace.pathOf('result');
  const last = createWriteStream(result);
  const pack = file.endsWith('.gz') ? createGzip() : undefined;
  const ended = pack ? pipeline(pack, last) : finished(last);
  const first = pack ?? last;
  ended.catch(() => undefined); // it says below why a write has failed
  try {
    await writeLines(workplace, progress, first);
    first.end();
  } finally {
    await ended;
  }
  const written = openSync(result, 'r+');
  fsyncSync(written);
  closeSync(written);
  renameSync(result, file);
}

/** Leaves standard output open, which is not ours to end. */
export async function writeToStdout(workplace: Workplace, progress: Progress): Promise<void> {
  await writeLines(workplace, progress, process.stdout);
}
