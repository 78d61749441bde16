import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Folders of tests, each with the folder whose sources they test. */
const MIRRORS: [tests: string, sources: string][] = [
  ['packages/appsync-local/tests/unit', 'packages/appsync-local/src'],
  ...[
    'bench', // part: bench
    'deploy',
    'functions',
    'model',
    'resolvers',
    'schema',
    'scripts', // part: eject
  ].map((name): [string, string] => [`tests/unit/${name}`, name]),
];

const isHarness = (file: string): boolean => /(^|\/)harness\//.test(file);

/** `runtime/realm.escapes.test.ts` tests an aspect of `runtime/realm.ts`. */
function sourcesOf(test: string): string[] {
  const path = test.replace(/\.test\.ts$/, '');
  return [path, path.replace(/\.[^./]+$/, '')].flatMap((name) => [`${name}.ts`, `${name}.mjs`]);
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  );
}

describe.each(MIRRORS)('in %s', (tests, sources) => {
  const files = filesBelow(tests);

  it(`each test lies where its source lies in ${sources}, and a test of the harness beside it`, () => {
    const all = files.filter((file) => file.endsWith('.test.ts'));

    const astray = all.filter((file) => {
      const home = isHarness(file) && !existsSync(join(ROOT, sources, file, '..')) ? tests : sources;
      return !sourcesOf(file).some((source) => existsSync(join(ROOT, home, source)));
    });

    expect(all.length).toBeGreaterThan(0);
    expect(astray).toEqual([]);
  });

  it('what tests share lies in a harness', () => {
    const shared = files.filter((file) => /(?<!\.test)\.ts$/.test(file));

    expect(shared.filter((file) => !isHarness(file))).toEqual([]);
  });
});

it('every folder of unit tests mirrors a folder of sources', () => {
  const folders = readdirSync(join(ROOT, 'tests/unit'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'harness')
    .map(({ name }) => `tests/unit/${name}`);

  expect(MIRRORS.map(([tests]) => tests)).toEqual(expect.arrayContaining(folders));
});
