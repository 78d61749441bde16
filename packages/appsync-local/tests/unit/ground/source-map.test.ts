import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { inlineSourceMap, mainSource } from '../../../src/ground/source-map.ts';

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
