import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';
import { page, root, section, tableRows } from './harness/pages.ts';

const { file, text } = page('docs/security.md');
const rows = tableRows(section({ file, text }, '## Which test shows it'));

/** The test files that a cell links to, from the project's root. */
const linked = (cell: string): string[] =>
  [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => relative(root, join(root, dirname(file), link!)));

/** Where projects of `npm test` look for their tests: `tests/api`. */
const folders = config({ command: 'serve', mode: 'test' }).test!.projects!.flatMap((project) =>
  (project as { test: { include: string[] } }).test.include.map((pattern) =>
    pattern.replace('/**/*.test.ts', ''),
  ),
);

test.each(rows)('%s is shown by tests that npm test runs', (_against, shownBy = '') => {
  const files = linked(shownBy);

  expect(files).not.toEqual([]);
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(
    files.filter(
      (path) => !path.endsWith('.test.ts') || !folders.some((folder) => path.startsWith(`${folder}/`)),
    ),
  ).toEqual([]);
});

test('there are such rows', () => {
  expect(rows.length).toBeGreaterThan(15);
});
