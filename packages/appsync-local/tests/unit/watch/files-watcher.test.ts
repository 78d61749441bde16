import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FilesWatcher } from '../../../src/watch/files-watcher.ts';
import type { SavedFiles } from '../../../src/watch/saved-files.ts';

let folder: string;
let watcher: FilesWatcher;
let told: SavedFiles[];
let output: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'files-watcher-'));
  mkdirSync(join(folder, 'ignored'));
  write('a.ts', 'one');
  told = [];
  output = openSync(join(folder, 'log.ts'), 'w');
  watcher = new FilesWatcher({
    directory: folder,
    outputs: [output],
    ignores: (path) => path === 'ignored',
    includes: (path) => path.endsWith('.ts'),
    onSaved: (saved) => told.push(saved),
  });
  await watcher.ready;
});

afterEach(async () => {
  await watcher.close();
  closeSync(output);
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

/** The names of the files that were told since, in one call or several. */
const names = (): string[] =>
  [...new Set(told.flatMap(({ paths }) => paths))].map((path) => path.slice(folder.length + 1)).sort();

it('tells once of a file that was written in several steps', async () => {
  write('a.ts', '');
  write('a.ts', 'tw');
  write('a.ts', 'two');
  await vi.waitFor(() => expect(told).toHaveLength(1));
  write('b.ts', 'a later one');
  await vi.waitFor(() => expect(told).toHaveLength(2));

  expect(told).toEqual([
    { paths: [join(folder, 'a.ts')], cameOrWent: false },
    { paths: [join(folder, 'b.ts')], cameOrWent: true },
  ]);
});

it('says nothing of the file that the server prints to, as with > log.ts', async () => {
  writeSync(output, 'a line');
  write('last.ts', 'one');
  await vi.waitFor(() => expect(names()).toContain('last.ts'));

  expect(names()).toEqual(['last.ts']);
});

it('says nothing of a file that was saved with the same contents, is left out, or is not asked for', async () => {
  write('a.ts', 'two');
  await vi.waitFor(() => expect(names()).toEqual(['a.ts']));
  told = [];
  write('a.ts', 'two');
  write('ignored/c.ts', 'one');
  write('notes.md', 'one');
  write('last.ts', 'one');
  await vi.waitFor(() => expect(names()).toContain('last.ts'));

  expect(names()).toEqual(['last.ts']);
});

it('notices files of new folders, and those that editors rename into place', async () => {
  mkdirSync(join(folder, 'new/deeper'), { recursive: true });
  write('new/deeper/d.ts', 'one');
  write('a.ts~', 'two');
  renameSync(join(folder, 'a.ts~'), join(folder, 'a.ts'));

  await vi.waitFor(() => expect(names()).toEqual(['a.ts', 'new/deeper/d.ts']));
});

it('tells of many files at once', async () => {
  for (let file = 0; file < 50; file += 1) {
    write(`${file}.ts`, 'one');
  }
  await vi.waitFor(() => expect(names()).toHaveLength(50));

  expect(told).toHaveLength(1);
});
