import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/** A line of the export, without its newline, and the id it is sorted by. */
export interface Record {
  id: string;
  line: Buffer;
}

/** Compares by UTF-16 code units, like the members of the items: without a locale, and so the same everywhere. */
export const byId = (a: { id: string }, b: { id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** JSON has no raw tab, so the first one ends the id. */
const TAB = 0x09;
const NEWLINE = 0x0a;
const WRITE_BYTES = 256 * 1024;
/** As many times this are taken as runs are read at once; more for a longer line. */
const READ_BYTES = 64 * 1024;

/** Writes a sorted part of the export. */
export interface RunWriter {
  write(record: Record): void;
  /** Forces it to disk. */
  close(): void;
}

/** Through one buffer: what is allocated for each write waits outside of the heap for a collection of garbage, which that does not call for. */
export function createRun(path: string): RunWriter {
  const file = openSync(path, 'w', 0o600);
  const buffer = Buffer.allocUnsafeSlow(WRITE_BYTES);
  let used = 0;
  const put = (bytes: Uint8Array): void => {
    if (used + bytes.length > buffer.length) {
      writeAll(file, buffer.subarray(0, used));
      used = 0;
    }
    if (bytes.length > buffer.length) {
      writeAll(file, bytes);
      return;
    }
    buffer.set(bytes, used);
    used += bytes.length;
  };
  const end = Uint8Array.of(NEWLINE);
  return {
    write({ id, line }) {
      put(Buffer.from(`${JSON.stringify(id)}\t`));
      put(line);
      put(end);
    },
    close() {
      writeAll(file, buffer.subarray(0, used));
      fsyncSync(file);
      closeSync(file);
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length;) {
    from += writeSync(file, bytes, from);
  }
}

/** The records of a run, in order. Each is valid until the next one is asked for: they share one buffer. */
export function* readRun(path: string): Generator<Record> {
  const file = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    let [from, to] = [0, 0];
    for (;;) {
      const end = buffer.subarray(0, to).indexOf(NEWLINE, from);
      if (end >= 0) {
        const tab = buffer.indexOf(TAB, from);
        const id = JSON.parse(buffer.toString('utf8', from, tab)) as string;
        yield { id, line: buffer.subarray(tab + 1, end) };
        from = end + 1;
        continue;
      }
      const rest = buffer.subarray(from, to);
      if (rest.length === buffer.length) {
        buffer = Buffer.allocUnsafeSlow(2 * buffer.length);
      }
      buffer.set(rest);
      [from, to] = [0, rest.length];
      const read = readSync(file, buffer, to, buffer.length - to, null);
      if (read === 0) {
        return;
      }
      to += read;
    }
  } finally {
    closeSync(file);
  }
}
