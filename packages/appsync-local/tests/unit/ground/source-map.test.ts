import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { debuggerMap } from '../../../src/ground/debugger-map.ts';
import { inlineSourceMap, mainSource, readSourceMap } from '../../../src/ground/source-map.ts';

it('finds the file that a bundle was made for, also where it imports others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'main-source-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'put.ts'), 'export function put(x: number) { console.log(x); }');
  writeFileSync(
    join(folder, 'handler.ts'),
    "import { put } from './put'; export const handler = () => put(1);",
  );
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, 'handler.ts')],
    absWorkingDir: folder,
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'esm',
    sourcemap: 'inline',
  });
  const map = inlineSourceMap(outputFiles[0]!.text);

  expect(map).toContain('put.ts');
  expect(mainSource(map)).toBe('handler.ts');
});

it('finds none without a map, and in one that is broken', () => {
  expect(mainSource(undefined)).toBeUndefined();
  expect(mainSource('{')).toBeUndefined();
});

// esbuild 0.28 writes `%5Btasks%5D caf%C3%A9 %25.ts`.
it('names files as they are, whose names are escaped in a map', () => {
  const name = '[tasks] café %.ts';
  const folder = mkdtempSync(join(tmpdir(), 'escaped-source-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), 'export const a: number = 1;');
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, name)],
    absWorkingDir: folder,
    outdir: '.',
    write: false,
    format: 'esm',
    sourcemap: 'inline',
  });
  const map = inlineSourceMap(outputFiles[0]!.text);

  expect(mainSource(map)).toBe(name);
  expect(readSourceMap(map)({ line: 1, column: 1 })).toMatchObject({ file: name });
  expect(inlineSourceMap(`code${debuggerMap(map, (source) => `at:${source}`)}`)).toContain(`"at:${name}"`);
});

it('keeps a name that only looks escaped', () => {
  const map = JSON.stringify({ version: 3, names: [], sources: ['100%.ts'], mappings: 'AAAA' });

  expect(mainSource(map)).toBe('100%.ts');
});
