import { expect, test } from 'vitest';
import { compileGlobs } from '../../../../src/template/synthesis/glob.ts';

test.each<[string, string]>([
  ['**', 'a/b/.c'],
  ['infra/**', 'infra/app.ts'],
  ['**/*.ts', 'a.ts'],
  ['**/*.ts', 'a/b/c.ts'],
  ['test', 'test/a/b.ts'],
  ['test/', 'test/a.ts'],
  ['./src', 'src/a.ts'],
  ['**/node_modules', 'a/node_modules/b/c.js'],
  ['*.{js,ts}', 'a.js'],
  ['*.{js,d.ts}', 'a.d.ts'],
  ['a?.md', 'ab.md'],
  ['[ab].md', 'b.md'],
  ['[!ab].md', 'c.md'],
  ['cdk*.json', 'cdk.context.json'],
  ['a+(b).ts', 'a+(b).ts'],
  ['a/**/b', 'a/b'],
])("'%s' covers %s", (pattern, path) => {
  expect(compileGlobs([pattern])(path)).toBe(true);
});

test.each<[string, string]>([
  ['*.ts', 'a/b.ts'],
  ['test', 'tests/a.ts'],
  ['**/*.ts', 'a.tsx'],
  ['a?.md', 'abc.md'],
  ['[!ab].md', 'a.md'],
  ['a.b', 'axb'],
  ['infra/**', 'other/infra/app.ts'],
  ['*.{js,ts}', 'a.json'],
])("'%s' does not cover %s", (pattern, path) => {
  expect(compileGlobs([pattern])(path)).toBe(false);
});

test('no pattern covers nothing', () => {
  expect(compileGlobs([])('a')).toBe(false);
});
