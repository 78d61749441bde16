import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceStack } from '../../../src/cli/source-stack.ts';

const directory = mkdtempSync(join(tmpdir(), 'source-stack-'));
const source = join(directory, 'fails.ts');
const bundle = join(directory, 'out', 'fails.mjs');

beforeAll(async () => {
  writeFileSync(
    source,
    'interface Gone { a: 1 }\n\nexport const fail = (_: Gone): never => {\n  throw new Error("no");\n};\n',
  );
  await build({
    entryPoints: [source],
    outfile: bundle,
    format: 'esm',
    sourcemap: true,
    banner: { js: '// one line\n// and another\n' },
  });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a stack has the lines of the sources where the module has a map beside it', () => {
  const url = pathToFileURL(bundle).href;

  expect(sourceStack(`Error: no\n    at fail (${url}:5:9)\n    at ${url}:4:14`)).toBe(
    `Error: no\n    at fail (${source}:4:9)\n    at ${source}:3:21`,
  );
});

test('every other line stays as it is', () => {
  const stack = `Error: no\n    at there (file:///nowhere/else.js:3:1)\n    at node:internal/main:1:2`;

  expect(sourceStack(stack)).toBe(stack);
});
