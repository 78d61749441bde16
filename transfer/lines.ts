import { createReadStream, openSync, closeSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { TransferFailure } from './transfer-failure.ts';

/** Longer than any item of 400 KB in any escaping: 6 characters for a byte, and DynamoDB JSON around small values. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;
const GZIP = Buffer.from([0x1f, 0x8b]);
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export interface Line {
  bytes: Buffer;
  /** Counted from 1 within its file. */
  number: number;
}

/** Recognizes gzip by its first bytes (RFC 1952), not by its name. */
function isGzip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(GZIP.length);
    return readSync(file, start, 0, start.length, 0) === GZIP.length && start.equals(GZIP);
  } finally {
    closeSync(file);
  }
}

/**
 * The lines of a file, decompressed if it is gzip. Reads only what is consumed.
 *
 * @param onRead Receives the number of bytes read from disk, per chunk.
 * @param name The display name of the file.
 * @throws TransferFailure for a file that is damaged, cannot be read or has a line longer than any item
 */
export async function* readLines(
  path: string,
  onRead: (bytes: number) => void,
  name = path,
): AsyncGenerator<Line> {
  let number = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const finish = (last: Buffer): Line => {
    const bytes = rest.length === 0 ? last : Buffer.concat([...rest, last]);
    rest = [];
    restBytes = 0;
    number += 1;
    return { number, bytes: number === 1 && bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : bytes };
  };
  for await (const chunk of chunksOf(path, onRead, name)) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      yield finish(chunk.subarray(from, at));
      from = at + 1;
    }
    rest.push(chunk.subarray(from));
    restBytes += chunk.length - from;
    if (restBytes > MAX_LINE_BYTES) {
      throw new TransferFailure(
        `${name} line ${number + 1} is longer than ${MAX_LINE_BYTES} bytes, which no item is; expected one item a line`,
      );
    }
  }
  if (restBytes > 0) {
    yield finish(Buffer.alloc(0));
  }
}

async function* chunksOf(
  path: string,
  onRead: (bytes: number) => void,
  name: string,
): AsyncGenerator<Buffer> {
  try {
    const unpack = isGzip(path) ? createGunzip() : null;
    const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    file.on('data', (chunk) => onRead(chunk.length));
    file.pause();
    if (unpack) {
      file.on('error', (error) => unpack.destroy(error));
    }
    try {
      yield* (unpack ? file.pipe(unpack) : file) as AsyncIterable<Buffer>;
    } finally {
      file.destroy();
      unpack?.destroy();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) {
      throw error;
    }
    const what = code.startsWith('Z_') ? 'is damaged gzip' : 'cannot be read';
    throw new TransferFailure(`${name} ${what}: ${message}`, { cause: error });
  }
}
