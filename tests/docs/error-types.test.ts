import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = join(ROOT, 'schema/generated/.errors-of-the-page.ts');

interface Entry {
  errorInfo?: object | null;
}

/** The errors that the page shows; errors.test.ts compares them with what a server answers. */
function shownErrors(): Entry[] {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  return [...page.matchAll(/```json\n(\{\n {2}"data".*?)```/gs)]
    .flatMap(([, json]) => (JSON.parse(json!) as { errors?: Entry[] }).errors ?? [])
    .filter(({ errorInfo }) => errorInfo);
}

it('every error of docs/errors.md has the type that front ends get for it', () => {
  const errors = shownErrors();
  const values = errors.map((error) => `(${JSON.stringify(error)}) satisfies Shown;`);
  const types = "import type { BatchError, ItemsError } from './front-end/errors.ts';\n";
  const shown =
    'type Some = Record<string, unknown>;\ntype Shown = (ItemsError<Some> | BatchError<Some>) & { locations: unknown };\n';
  writeFileSync(PROGRAM, `${types}${shown}${values.join('\n')}\n`);
  onTestFinished(() => rmSync(PROGRAM));

  const flags = '--noEmit --strict --module esnext --moduleResolution bundler --allowImportingTsExtensions';
  const tsc = spawnSync(
    process.execPath,
    ['node_modules/typescript7/bin/tsc', '--ignoreConfig', ...flags.split(' '), PROGRAM],
    { cwd: ROOT, encoding: 'utf8' },
  );

  expect(errors.length).toBeGreaterThan(0);
  expect(tsc.stdout + tsc.stderr).toBe('');
  expect(tsc.status).toBe(0);
});
