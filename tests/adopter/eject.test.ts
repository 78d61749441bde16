import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listedFiles } from '../../scripts/eject/listed-files.ts';
import { withUsers } from '../../scripts/eject/options.ts';
import { PARTS } from '../../scripts/eject/parts.ts';
import { type Adopter, adopt } from './harness/adopt.ts';
import type { Copy } from './harness/copy.ts';

/*
 * docs/removing-parts.md: each part, and all at once.
 */

const ALL = Object.keys(PARTS);

/** What must hold of every page, but for what starts a server or a command. */
const PAGE_TESTS = [
  'tests/docs/pages.test.ts',
  'tests/docs/citations.test.ts',
  'tests/docs/snippets.test.ts',
  'tests/docs/security.test.ts',
  '--testNamePattern=every|changelogs|decisions|citations|facts|fits the schema|table of commands|is shown by',
];

const filesOf = (parts: readonly string[]): string[] => parts.flatMap((name) => PARTS[name]!.files);

const PARTS_FILE = 'scripts/eject/parts.ts';

/** The files of the parts that the copy could still remove. */
const partsListedIn = (copy: Copy): string[] =>
  existsSync(join(copy.folder, PARTS_FILE)) ? listedFiles(copy.read(PARTS_FILE)) : [];

/** Removes parts, with what needs them. @returns the files that it edited */
async function eject({ copy, does }: Adopter, parts: readonly string[]): Promise<string[]> {
  const files = filesOf(withUsers(parts));

  const printed = await does(`eject ${parts.join(' ')}`, () => copy.script('eject', [...parts, '--force']));

  const left = readdirSync(copy.folder, { recursive: true, encoding: 'utf8' });
  expect(left.filter((file) => files.includes(file))).toEqual([]);
  expect(partsListedIn(copy).filter((file) => !existsSync(join(copy.folder, file)))).toEqual([]);
  const [, edited = ''] = /^Edited:\n((?: {2}.*\n)*)/m.exec(printed) ?? [];
  const generated = [...printed.matchAll(/^written +(.*)$/gm)].map(([, file]) => file!);
  return [...generated, ...edited.split('\n').flatMap((line) => line.trim() || [])];
}

// In one copy, where the compiler looks only at what is different from the part before.
adopt('without each part, the rest compiles', async (adopter) => {
  const { copy, does } = adopter;
  for (const part of ALL) {
    const edited = await eject(adopter, [part]);

    await does(`types without ${part}`, () =>
      copy.run(process.execPath, ['node_modules/typescript7/bin/tsc']),
    );
    copy.restore([...edited, ...filesOf(withUsers([part]))]);
  }
});

adopt('without any part, the rest is green', async (adopter) => {
  const { copy, does } = adopter;
  const edited = await eject(adopter, ALL);
  const sources = edited.filter((file) => file.endsWith('.ts') && !file.startsWith('schema/generated/'));

  // Whose packages only kinds, and import and export, use.
  expect(copy.read('package.json')).not.toMatch(/"(?:ajv|world-countries)":/);
  await does('npm ci', () =>
    copy.run('npm', ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit']),
  );
  await does('codegen:check', () => copy.script('codegen:check'));
  await does('typecheck', () => copy.script('typecheck'));
  await does('lint', () => copy.run(join(copy.folder, 'node_modules/.bin/eslint'), sources));
  await does('format', () => copy.run(join(copy.folder, 'node_modules/.bin/oxfmt'), ['--check', ...edited]));
  await does('synth', () => copy.synth());
  await does('unit', () => copy.test(['unit'], 'tests/unit/imports.test.ts', 'tests/unit/mirror.test.ts'));
  await does('docs', () => copy.test(['docs'], ...PAGE_TESTS));
});
