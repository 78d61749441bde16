import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeptBuild } from '../../../../../src/template/synthesis/warm/kept-build.ts';

let folder: string;
let build: KeptBuild | undefined;
/** Seconds of the clock that sources are stamped with: each save is a later one. */
let saved: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-build-'));
  saved = Date.now() / 1000 - 3600;
  write('shared.ts', 'export const shared = 1;');
  write('one.ts', "import { shared } from './shared'; console.log('one', shared);");
  write('two.ts', "console.log('two');");
});

afterEach(() => {
  build?.dispose();
  build = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  saved += 1;
  utimesSync(file, saved, saved);
}

const options = (...entries: string[]): esbuild.BuildOptions => ({
  entryPoints: entries.map((name) => join(folder, name)),
  absWorkingDir: folder,
  outdir: 'out',
  bundle: true,
  format: 'esm',
});

const texts = (): string[] => build!.result().outputFiles.map(({ text }) => text);

it('answers from before for as long as no source has changed', () => {
  build = KeptBuild.sync(esbuild, options('one.ts'));

  expect(build.isStale()).toBe(false);
  expect(build.hasSource(join(folder, 'shared.ts'))).toBe(true);
  expect(build.hasSource(join(folder, 'two.ts'))).toBe(false);
  write('two.ts', 'other();');
  expect(build.isStale()).toBe(false);
  write('shared.ts', 'export const shared = 2;');
  expect(build.isStale()).toBe(true);
});

it('builds again only the entry points that a changed source is part of, and tells what differs', async () => {
  build = await KeptBuild.made(esbuild, options('one.ts', 'two.ts'));
  const [one, two] = texts();
  write('shared.ts', 'export const shared = 22;');

  const rebuilt = await build.refresh(false);

  expect(rebuilt).toMatchObject([{ before: one, after: expect.stringContaining('22') as string }]);
  expect(texts()).toEqual([rebuilt[0]!.after, two]);
  expect(build.isStale()).toBe(false);
});

it('tells nothing where a save leads to the same code', async () => {
  build = await KeptBuild.made(esbuild, options('one.ts'));
  write('one.ts', "// a comment\nimport { shared } from './shared'; console.log('one', shared);");

  expect(await build.refresh(false)).toEqual([]);
});

it('fails as esbuild does, stays stale, and comes back when the source is good again', async () => {
  build = await KeptBuild.made(esbuild, options('two.ts'));
  write('two.ts', 'export const = 3;');

  expect(await build.refresh(false)).toEqual([]);
  expect(() => texts()).toThrow(/two\.ts:1:13: ERROR/);
  expect(build.isStale()).toBe(true);
  write('two.ts', 'console.log(3);');
  await build.refresh(false);
  expect(texts().join()).toContain('console.log(3)');
  expect(build.isStale()).toBe(false);
});

it('counts a source that was saved while it was read as changed', async () => {
  const soon = Date.now() / 1000 + 60;
  utimesSync(join(folder, 'two.ts'), soon, soon);
  build = await KeptBuild.made(esbuild, options('two.ts'));

  expect(build.isStale()).toBe(true);
});
