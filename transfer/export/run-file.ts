import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { readLines } from '../lines.ts';

/** A line of the export and the id it is sorted by. */
export interface Record {
  id: string;
  line: string;
}

/** Compares by UTF-16 code units, like the members of the items: without a locale, and so the same everywhere. */
export const byId = (a: Record, b: Record): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** JSON has no raw tab, so the first one ends the id. */
const TAB = '\t';
const WRITE_BYTES = 1024 * 1024;

/** Writes a sorted part of the export. */
export interface RunWriter {
  write(record: Record): void;
  /** Forces it to disk. */
  close(): void;
}

export function createRun(path: string): RunWriter {
  const file = openSync(path, 'w', 0o600);
  let pending: string[] = [];
  let length = 0;
  const flush = (): void => {
    const bytes = Buffer.from(pending.join(''));
    for (let from = 0; from < bytes.length;) {
      from += writeSync(file, bytes, from);
    }
    pending = [];
    length = 0;
  };
  return {
    write({ id, line }) {
      const text = `${JSON.stringify(id)}${TAB}${line}\n`;
      pending.push(text);
      length += text.length;
      if (length >= WRITE_BYTES) {
        flush();
      }
    },
    close() {
      flush();
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** The records of a run, in order. */
export async function* readRun(path: string): AsyncGenerator<Record> {
  for await (const { bytes } of readLines(path, () => undefined)) {
    const tab = bytes.indexOf(TAB);
    yield { id: JSON.parse(bytes.toString('utf8', 0, tab)) as string, line: bytes.toString('utf8', tab + 1) };
  }
}
