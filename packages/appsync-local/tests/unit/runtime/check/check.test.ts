import { buildSync, transformSync } from 'esbuild';
import { expect, it, vi } from 'vitest';
import { CODE_LIMIT, check } from '../../../../src/runtime/check/check.ts';
import { problemsOf } from './harness/problems.ts';

it('tells all problems at once, in the order of the code', () => {
  const code =
    'export function request(ctx) {\n  x;\n  throw ctx;\n}\nexport const response = () => {\n  x++;\n};';

  const { problems } = check(code);

  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    "2:3 error TS2304: Cannot find name 'x'.",
    '3:3 Throw statements are not supported. Raise an error with util.error().',
    '6:3 @aws-appsync/no-disallowed-unary-operators: The operator ++ is not supported',
    "6:3 error TS2304: Cannot find name 'x'.",
  ]);
});

it('tells syntax errors as TypeScript does, one for each of its diagnostics', () => {
  const { problems, program } = check('export function request(ctx) {\n  return {;\n}');

  expect(program).toBeUndefined();
  expect(problems).toEqual([
    {
      errorType: 'PARSE_ERROR',
      message: 'error TS1136: Property assignment expected.',
      file: 'code.js',
      line: 2,
      column: 11,
      span: 1,
    },
    {
      errorType: 'PARSE_ERROR',
      message: "error TS1005: '}' expected.",
      file: 'code.js',
      line: 3,
      column: 2,
      span: 0,
    },
  ]);
});

it('says that code is nested too deeply for it, and does not fail itself', () => {
  const depth = 12_000;

  const { problems } = check(`export const request = () => ${'['.repeat(depth)}${']'.repeat(depth)};`);

  expect(problems).toEqual([
    expect.objectContaining({ errorType: 'PARSER_ERROR', message: expect.stringContaining('stack space') }),
  ]);
});

it.each([
  ['a using declaration', 'export const request = () => { using a = null; };'],
  ['an import attribute', "import { util } from '@aws-appsync/utils' with { type: 'json' };"],
  ['a hashbang', '#!/usr/bin/env node'],
  ['a decorator', '@a class B {}'],
])(
  'takes %s, newer than what every Node.js compiles or no module at all, for a syntax error',
  (_name, code) => {
    const { problems, program } = check(`${code}\nexport const response = () => null;`);

    expect(program).toBeUndefined();
    expect(problems).toEqual([expect.objectContaining({ errorType: 'PARSER_ERROR', line: 1 })]);
  },
);

it('takes an HTML comment, which a module has not, for a syntax error', () => {
  const { problems } = check('<!-- a\nexport const response = () => null;');

  expect(problems).toEqual([expect.objectContaining({ errorType: 'PARSE_ERROR', line: 1 })]);
});

it.each([
  ['another package', "import { z } from 'zod';"],
  ['a file', "import { z } from './z.js';"],
  ['an unknown sub-path', "import { z } from '@aws-appsync/utils/none';"],
  ['a re-export', "export * from 'zod';"],
])('refuses an import of %s', (_name, line) => {
  const problems = problemsOf(`${line}\nexport function request(ctx) { return ctx; }`);

  expect(problems).toEqual([
    expect.stringMatching(/^error TS2307: Cannot find module .* Bundle it: AppSync has /),
  ]);
});

it.each([
  [
    "import { utils } from '@aws-appsync/utils';",
    "error TS2724: '\"@aws-appsync/utils\"' has no exported member named 'utils'. Did you mean 'util'?",
  ],
  ["import util from '@aws-appsync/utils';", 'Module "@aws-appsync/utils" has no exported member "default".'],
])('refuses %s', (line, message) => {
  const problems = problemsOf(`${line}\nexport function request(ctx) { return ctx; }`);

  expect(problems).toEqual([message]);
});

it.each(['request', 'response'])('refuses a module without %s', (name) => {
  const other = name === 'request' ? 'response' : 'request';

  const { problems } = check(`export function ${other}(ctx) { return ctx; }`);

  expect(problems.map(({ message }) => message)).toEqual([
    `The code must export a function named "${name}".`,
  ]);
});

it('refuses more than 32,768 characters', () => {
  const code =
    'export function request(ctx) { return ctx; }\nexport function response(ctx) { return ctx; }\n';
  const fits = code.padEnd(CODE_LIMIT, ' ');

  const { problems } = check(`${fits} `);

  expect(check(fits).problems).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual([
    'The code has 32769 characters; AppSync takes 32768, the source map included.',
  ]);
});

/** A map of this very text to a file of that name. */
const esbuildMap = (sourcefile: string, text: string): string =>
  transformSync(text, { sourcefile, sourcemap: 'external' }).map;

const bundle = (contents: string, sourcemap: boolean): string =>
  buildSync({
    stdin: { contents, sourcefile: 'resolvers/Query.getItem.ts', loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'esnext',
    write: false,
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    ...(sourcemap && { sourcemap: 'inline' as const, sourcesContent: false }),
  }).outputFiles[0]?.text ?? '';

it('takes what esbuild bundles', () => {
  const code = bundle(
    `import { util, type Context } from '@aws-appsync/utils';
     import { get } from '@aws-appsync/utils/dynamodb';
     enum Kind { A = 'a' }
     const key = (id: string) => ({ id });
     export function request(ctx: Context) { return get({ key: key(ctx.args.id ?? Kind.A) }); }
     export const response = (ctx: Context) => { if (ctx.error) util.error(ctx.error.message); return ctx.result; };`,
    true,
  );

  const { problems } = check(code);

  expect(problems).toEqual([]);
});

it('places problems in the author’s TypeScript by an inline source map', () => {
  const code = bundle(
    `interface Args { id: string }\n\nexport function request(ctx: { args: Args }) {\n  let count: number = 0;\n  count++;\n}\nexport const response = () => null;`,
    true,
  );

  const { problems } = check(code);

  expect(problems).toEqual([
    {
      errorType: 'LINT_ERROR',
      message: '@aws-appsync/no-disallowed-unary-operators: The operator ++ is not supported',
      file: 'resolvers/Query.getItem.ts',
      line: 5,
      column: 3,
      span: 7,
    },
  ]);
});

it('places problems by a source map beside the code, unless there is one inline', () => {
  const plain = bundle('export const request = () => ~1; export const response = () => null;', false);
  const beside = { read: () => esbuildMap('their/own.ts', plain) };
  const inline = bundle('export const request = () => ~1; export const response = () => null;', true);

  const files = [plain, inline].map((code) => check(code, beside).problems[0]?.file);

  expect(files).toEqual(['their/own.ts', 'resolvers/Query.getItem.ts']);
});

it.each([
  ['there is none', undefined],
  ['it is broken', 'not json'],
])('places problems in code.js when a source map is looked for and %s', (_, read) => {
  const { problems } = check('export const request = () => ~1; export const response = () => null;', {
    read: () => read,
  });

  expect(problems[0]).toMatchObject({ file: 'code.js', line: 1, column: 30 });
});

it('does not read the source map of code that has no problem', () => {
  const beside = { read: vi.fn() };

  check('export const request = () => 1; export const response = () => null;', beside);

  expect(beside.read).not.toHaveBeenCalled();
});

it('places problems in code.js without a source map, or with a broken one', () => {
  const plain = bundle('export const request = () => ~1; export const response = () => null;', false);
  const broken = `${plain}//# sourceMappingURL=data:application/json;base64,bm90IGpzb24=\n`;

  const files = [plain, broken].map((code) => check(code).problems[0]?.file);

  expect(files).toEqual(['code.js', 'code.js']);
});
