import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Line, readLines } from '../lines.ts';
import { TransferFailure } from '../transfer-failure.ts';
import { dataFilesOf } from './s3-export.ts';

/** The source of an import: one file, or the data files of an export to S3, one after the other. */
export interface Source {
  files: { path: string; bytes: number; itemCount?: number }[];
  /** The display name of its only file, if that is not its path. */
  name?: string;
  bytes: number;
  /** Distinguishes a file from a changed one. */
  fingerprint: string;
  /** The file with the state of an interrupted import; null for standard input, which cannot be read again. */
  statePath: string | null;
  /** Removes the copy of standard input. */
  close(): void;
}

/** A line and its place in the source. */
export interface PlacedLine extends Line {
  /** `line 3`; with its file if there are several. */
  place: string;
  /** Counted from 1 over the whole source. */
  position: number;
}

/**
 * @param file A file, a folder, or `-` for standard input, which is first copied to a file, because it is read twice: all of it
 * is checked before anything is written.
 * @throws TransferFailure
 */
export async function openSource(file: string): Promise<Source> {
  if (file === '-') {
    return copyOfStdin();
  }
  const path = resolve(file);
  const statePath = `${path}.import-state.json`;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new TransferFailure(`there is no file ${file}`);
  }
  const files = found.isDirectory() ? dataFilesOf(path) : [{ path }];
  return { ...sourceOf(files), statePath, close: () => undefined };
}

function sourceOf(
  files: { path: string; itemCount?: number }[],
): Pick<Source, 'files' | 'bytes' | 'fingerprint'> {
  const sized = files.map((one) => ({ ...one, ...sizeOf(one.path) }));
  return {
    files: sized,
    bytes: sized.reduce((sum, { bytes }) => sum + bytes, 0),
    fingerprint: sized.map(({ path, bytes, modified }) => `${path} ${bytes} ${modified}`).join('\n'),
  };
}

function sizeOf(path: string): { bytes: number; modified: number } {
  const { size, mtimeMs } = statSync(path);
  return { bytes: size, modified: mtimeMs };
}

async function copyOfStdin(): Promise<Source> {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  const path = join(folder, 'stdin');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  await pipeline(process.stdin, createWriteStream(path));
  return { ...sourceOf([{ path }]), name: 'standard input', statePath: null, close: remove };
}

/** All lines, in order. @param onRead Receives the number of bytes read so far. */
export async function* linesOf(
  { files, name }: Source,
  onRead: (bytes: number) => void,
): AsyncGenerator<PlacedLine> {
  let read = 0;
  let position = 0;
  for (const { path } of files) {
    const count = (bytes: number): void => onRead((read += bytes));
    for await (const { number, bytes } of readLines(path, count, name)) {
      position += 1;
      const place = files.length > 1 ? `${path} line ${number}` : `line ${number}`;
      yield { number, bytes, place, position };
    }
  }
}
