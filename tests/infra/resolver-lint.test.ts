import { ESLint } from 'eslint';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../../infra/paths.ts';

/** The rule of the project for `resolvers/`, on its own: it needs no types. */
let linter: ESLint;

beforeAll(async () => {
  const config = (await new ESLint({ cwd: root }).calculateConfigForFile('resolvers/shared/input.ts')) as {
    rules: Record<string, unknown>;
  };
  linter = new ESLint({
    overrideConfigFile: true,
    overrideConfig: { rules: { 'no-restricted-syntax': config.rules['no-restricted-syntax'] as 'error' } },
  });
});

async function messages(code: string): Promise<string[]> {
  const [result] = await linter.lintText(code, { filePath: 'resolver.js' });
  return result!.messages.map(({ message }) => message);
}

test.each([
  ['const a = x === undefined;', /undefined === null: use isGiven\(value\), or hasMember/],
  ['const a = undefined != x;', /undefined === null/],
  ['const a = x === null;', /undefined === null: use isGiven/],
  ['const a = null !== x;', /undefined === null: use isGiven/],
  ["const a = typeof x === 'undefined';", /typeof/],
  ['const a = x === void 0;', /write null/],
  ['const a = x ?? f();', /right side of \?\?/],
  ['const a = x ?? y.z;', /right side of \?\?/],
  ['const a = x ?? [f()];', /right side of \?\?/],
  ['const a = x ?? { y: f() };', /right side of \?\?/],
  ['const a = (x) => x += 1;', /statement of its own/],
  ['function f(x) { return x += 1; }', /statement of its own/],
  ['const a = (x += 1);', /statement of its own/],
  ['x ??= 1;', /a = a \?\? b/],
  ['x ||= 1;', /a = a \?\? b/],
  ['x &&= 1;', /a = a \?\? b/],
  ['switch (a?.b) { default: }', /put a\?\.b into a variable/],
  ['switch (a) { case null: }', /switch/],
  ['switch (a) { case undefined: }', /switch/],
  ['function f(a = 1) { return a; }', /default stands in/],
  ['const { a = 1 } = x;', /default stands in/],
  ['const a = x.includes(undefined);', /this method/],
  ['const a = x.indexOf(null);', /this method/],
  ['runtime.earlyReturn();', /earlyReturn/],
  ['runtime.earlyReturn(null);', /earlyReturn/],
  ["runtime.earlyReturn(ctx.prev.result, { skipTo: 'END' });", /earlyReturn/],
  ["util.error('m', 'Conflict', item, null);", /readableBy/],
  ["util.appendError('m', 'Conflict', { items }, null);", /readableBy/],
])('refuses %s', async (code, message) => {
  expect(await messages(code)).toEqual([expect.stringMatching(message)]);
});

test.each([
  'const a = x != null;',
  "const a = x === 'a' || x.y === z;",
  'const a = x ?? y;',
  'const a = x ?? [];',
  'const a = x ?? {};',
  "const a = `${x ?? ''}`;",
  'const a = x ? x : f();',
  'const a = x || f();',
  'x += 1;',
  "switch (a) { case 'a': break; default: }",
  'const a = x?.y;',
  "runtime.earlyReturn({}, { skipTo: 'END' });",
  'runtime.earlyReturn([]);',
  "util.error('m', 'BadRequest', null, { field: 'id' });",
])('takes %s', async (code) => {
  expect(await messages(code)).toEqual([]);
});
