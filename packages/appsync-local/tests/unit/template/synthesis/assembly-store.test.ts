import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createAssemblyStore } from '../../../../src/template/synthesis/assembly-store.ts';
import { temporaryDirectory, writeText } from '../harness/written-assembly.ts';

let directory: string;

beforeEach(() => {
  directory = join(temporaryDirectory(), 'kept');
});

function made(content = '{}'): string {
  const folder = createAssemblyStore(directory).begin();
  writeText(folder, 'manifest.json', content);
  return folder;
}

test('finds nothing before anything was made', () => {
  expect(createAssemblyStore(directory).find('abc')).toBeUndefined();
});

test('finds what was kept, in a new store too', () => {
  const kept = createAssemblyStore(directory).keep(made(), 'abc');

  const found = createAssemblyStore(directory).find('abc');

  expect(found).toBe(kept);
});

test('does not find what was begun and never finished', () => {
  made();

  const found = createAssemblyStore(directory).find('abc');

  expect(found).toBeUndefined();
});

test('lets the first of two servers win, and gives its assembly to both', () => {
  const [first, second] = [made('{"first":1}'), made('{"second":2}')];
  const store = createAssemblyStore(directory);

  const kept = [store.keep(first, 'abc'), store.keep(second, 'abc')];

  expect(kept[1]).toBe(kept[0]);
  expect(readFileSync(join(kept[0]!, 'manifest.json'), 'utf8')).toBe('{"first":1}');
  expect(readdirSync(directory)).toHaveLength(1);
});

test('never finds an assembly again whose inputs changed while it was made', () => {
  const kept = createAssemblyStore(directory).keep(made(), undefined);

  expect(existsSync(join(kept, 'manifest.json'))).toBe(true);
  expect(createAssemblyStore(directory).find('undefined')).toBeUndefined();
});

test('clears away all but the four used last', () => {
  const store = createAssemblyStore(directory);
  const folders = ['a', 'b', 'c', 'd'].map((fingerprint) => store.keep(made(), fingerprint));
  folders.forEach((folder, index) => utimesSync(folder, index + 1, index + 1));
  store.find('a');

  store.keep(made(), 'e');

  expect(readdirSync(directory).sort()).toEqual(['assembly-a', 'assembly-c', 'assembly-d', 'assembly-e']);
});

test('clears away what was abandoned over an hour ago, and nothing that may be under way', () => {
  const [abandoned, underway] = [made(), made()];
  const longAgo = Date.now() / 1000 - 2 * 60 * 60;
  utimesSync(abandoned, longAgo, longAgo);

  createAssemblyStore(directory).keep(made(), 'abc');

  expect([existsSync(abandoned), existsSync(underway)]).toEqual([false, true]);
});

test('makes a folder elsewhere, never found again, where the directory cannot be written', () => {
  writeText(dirname(directory), 'kept', 'a file');
  const store = createAssemblyStore(directory);

  const folder = made();
  const kept = store.keep(folder, 'abc');

  expect(kept).toBe(folder);
  expect(existsSync(join(kept, 'manifest.json'))).toBe(true);
  expect(store.find('abc')).toBeUndefined();
  rmSync(kept, { recursive: true });
});
