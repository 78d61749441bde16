import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { evaluateCode, refusalOf, unit } from '../evaluate/evaluate-code.ts';

/** Every body is refused before it runs. */
const outside: [id: string, what: string, body: string, evidence: Evidence, source: string][] = [
  [
    'JSR-260',
    'for (;;)',
    'for (let i = 0; i < 3; i += 1) {}',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-for',
  ],
  [
    'JSR-261',
    'while',
    'while (ctx.args.a) { ctx.args.a = false; }',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-while',
  ],
  [
    'JSR-262',
    'do … while',
    'do { ctx.args.a = false; } while (ctx.args.a);',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-while',
  ],
  [
    'JSR-263',
    'continue',
    'for (const x of [1]) { if (x) { continue; } }',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-continue',
  ],
  [
    'JSR-264',
    'labels',
    'outer: for (const x of [1]) { if (x) { break outer; } }',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-labels',
  ],
  [
    'JSR-265',
    'try',
    'try { ctx.stash.a = 1; } catch (e) { ctx.stash.a = 2; }',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-try',
  ],
  ['JSR-266', 'throw', "throw 'no';", 'documented', 'AppSync developer guide, supported-features'],
  [
    'JSR-267',
    'classes',
    'class A {}',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-classes',
  ],
  [
    'JSR-268',
    'this',
    'const a = this;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-this',
  ],
  [
    'JSR-269',
    'async functions',
    'const f = async () => 1;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-async',
  ],
  [
    'JSR-270',
    'generators',
    'function* f() { yield 1; }',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-generators',
  ],
  [
    'JSR-271',
    'regular-expression literals',
    'const a = /x/;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-regex',
  ],
  [
    'JSR-272',
    '++',
    'let a = 1; a++;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-disallowed-unary-operators',
  ],
  [
    'JSR-273',
    '--',
    'let a = 1; a--;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-disallowed-unary-operators',
  ],
  [
    'JSR-274',
    '~',
    'const a = ~1;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-disallowed-unary-operators',
  ],
  [
    'JSR-275',
    'the operator in',
    "const a = 'a' in ctx.args;",
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-in-operator',
  ],
  [
    'JSR-276',
    'instanceof',
    'const a = ctx.args instanceof Object;',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-disallowed-binary-operators',
  ],
  [
    'JSR-277',
    'recursion',
    'function f(n) { return n > 0 ? f(n - 1) : 0; } const a = f(1);',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-recursion',
  ],
  [
    'JSR-278',
    'a function as an argument',
    'const g = (f) => f(); const a = g(() => 1);',
    'observed',
    'aws/aws-appsync-community#325',
  ],
  [
    'JSR-279',
    'sort with a function',
    'const a = [2, 1].sort((x, y) => x - y);',
    'observed',
    'aws/aws-appsync-community#325',
  ],
  [
    'JSR-280',
    'returning a function',
    'const f = () => () => 1;',
    'documented',
    '@aws-appsync/eslint-plugin no-function-return',
  ],
  [
    'JSR-281',
    'assigning a function to another name',
    'const f = () => 1; const g = f;',
    'documented',
    '@aws-appsync/eslint-plugin no-function-reassign',
  ],
  [
    'JSR-282',
    'assigning to the context',
    'ctx.stash = {};',
    'documented',
    '@aws-appsync/eslint-plugin no-disallowed-re-assignment',
  ],
  [
    'JSR-283',
    'Object.freeze',
    'const a = Object.freeze({});',
    'documented',
    '@aws-appsync/eslint-plugin no-disallowed-methods',
  ],
  [
    'JSR-284',
    'padStart of a text',
    "const a = 'a'.padStart(2);",
    'documented',
    '@aws-appsync/eslint-plugin no-disallowed-methods',
  ],
  [
    'JSR-285',
    'new Promise',
    'const a = new Promise(() => {});',
    'documented',
    'AppSync developer guide, supported-features; @aws-appsync/eslint-plugin no-promise',
  ],
  ['JSR-286', 'new Date()', 'const a = new Date();', 'observed', 'sid88in/serverless-appsync-plugin#549'],
  [
    'JSR-287',
    'Map',
    'const a = new Map();',
    'inferred',
    'AppSync developer guide, supported-features lists the built-in objects',
  ],
  [
    'JSR-288',
    'fetch',
    "const a = fetch('https://example.com');",
    'inferred',
    'AppSync developer guide, supported-features lists the globals',
  ],
  [
    'JSR-289',
    'process',
    'const a = process.env;',
    'inferred',
    'AppSync developer guide, supported-features lists the globals',
  ],
  [
    'JSR-290',
    'setTimeout',
    'setTimeout(() => {}, 1);',
    'inferred',
    'AppSync developer guide, supported-features lists the globals',
  ],
  [
    'JSR-291',
    'an undeclared name',
    'const a = nowhere;',
    'observed',
    'localstack/appsync-utils, index.test.js: AppSync type-checks the code',
  ],
];

const refusedChecks: Check[] = outside.map(([id, what, body, evidence, source]) => ({
  id,
  promise: `refuses code with ${what}`,
  source,
  evidence,
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, unit(`  ${body}\n  return {};`));

    assert.equal(evaluationResult, undefined);
    assert.equal(error?.codeErrors?.[0]?.location?.line, 6, JSON.stringify(error));
  },
}));

const moduleChecks: Check[] = (
  [
    ['JSR-292', 'a package that is not bundled', "import { z } from 'zod';"],
    ['JSR-293', 'a file beside it', "import { z } from './z.js';"],
  ] satisfies [string, string, string][]
).map(([id, what, line]) => ({
  id,
  promise: `refuses code that imports ${what}`,
  source: 'AppSync developer guide, additional-utilities',
  evidence: 'documented',
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, `${line}\n${unit('  return z;')}`);

    assert.equal(evaluationResult, undefined);
    assert.ok((error?.codeErrors?.length ?? 0) > 0, JSON.stringify(error));
  },
}));

/** A code unit of a length. */
function padded(length: number): string {
  const code = unit('  return 1;');
  return `${code}// ${'x'.repeat(length - code.length - 3)}`;
}

const sizeChecks: Check[] = [
  {
    id: 'JSR-294',
    promise: 'takes code of 32,768 characters',
    source: 'AWS General Reference, AppSync endpoints and quotas',
    evidence: 'documented',
    async run(api) {
      const { evaluationResult } = await evaluateCode(api, padded(32_768));

      assert.equal(evaluationResult, '1');
    },
  },
  {
    id: 'JSR-295',
    promise: 'refuses code of 32,769 characters',
    source: 'AWS General Reference, AppSync endpoints and quotas; AppSync API reference, EvaluateCode',
    evidence: 'documented',
    async run(api) {
      const refused = await refusalOf(api, { code: padded(32_769) });

      assert.deepEqual([refused.status, refused.errorType], [400, 'BadRequestException']);
    },
  },
];

/** What AppSync does not take on upload. */
export const refusedCodeChecks: Check[] = [...refusedChecks, ...moduleChecks, ...sizeChecks];
