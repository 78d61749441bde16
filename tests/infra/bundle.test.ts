import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { Mistake } from '../../infra/mistake.ts';
import { root } from '../../infra/paths.ts';

// Below the root, since a message names files from there.
const directory = mkdtempSync(join(root, 'node_modules/.bundle-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

function entryPoint(text: string): string {
  const file = join(directory, 'entry.ts');
  writeFileSync(file, text);
  return relative(root, file);
}

test('bundles in memory', () => {
  const file = entryPoint('export const three: number = 1 + 2;');

  const [output, ...more] = bundle({ entryPoints: [file] });

  expect(output!.text).toContain('var three = 1 + 2;');
  expect(more).toEqual([]);
});

test('says where the syntax is wrong, with columns counted from 1', () => {
  const file = entryPoint('const ok = 1;\nconst x = ;\n');

  expect(() => bundle({ entryPoints: [file] })).toThrow(new Mistake(`${file}:2:11: Unexpected ";"`));
});

test('names every import of a missing file', () => {
  const file = entryPoint("import './a.ts';\nimport './b.ts';\n");

  expect(() => bundle({ entryPoints: [file] })).toThrow(
    new Mistake(`${file}:1:8: Could not resolve "./a.ts"\n${file}:2:8: Could not resolve "./b.ts"`),
  );
});
