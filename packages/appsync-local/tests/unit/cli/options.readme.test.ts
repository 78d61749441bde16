import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FLAGS } from '../../../src/cli/options.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const rows = readme.match(/^\| `--.*$/gm) ?? [];

it('explains options that there are', () => {
  const named = rows.flatMap((row) =>
    [...row.split('|')[1]!.matchAll(/--([a-z-]+)/g)].map(([, name]) => name!),
  );

  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((name) => !Object.hasOwn(FLAGS, name))).toEqual([]);
});
