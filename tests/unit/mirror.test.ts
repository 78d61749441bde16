import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `runtime/realm.escapes.test.ts` tests an aspect of `runtime/realm.ts`. */
function sourcesOf(test: string): string[] {
  const path = test.replace(/\.test\.ts$/, '');
  return [path, path.replace(/\.[^./]+$/, '')].flatMap((name) => [`${name}.ts`, `${name}.mjs`]);
}

it.each([
  ['packages/appsync-local/tests/unit', 'packages/appsync-local/src'],
  ['tests/unit/bench', 'bench'],
])('each test in %s lies where its source lies in %s', (tests, sources) => {
  const files = readdirSync(join(ROOT, tests), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts'));

  const astray = files.filter(
    (file) => !sourcesOf(file).some((source) => existsSync(join(ROOT, sources, source))),
  );

  expect(files.length).toBeGreaterThan(0);
  expect(astray).toEqual([]);
});
