import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { evaluateCode, unit, valueChecks, type ValueRow } from '../evaluate/evaluate-code.ts';

const list = Array.from({ length: 1500 }, (_, index) => index);

interface Loop {
  id: string;
  promise: string;
  source: string;
  evidence: Evidence;
  body: string;
  expected: unknown;
}

/** A body of the request handler on a list of 1,500 numbers. */
const loopChecks: Check[] = (
  [
    {
      id: 'JSR-230',
      promise: 'for…of ends silently after 1,000 iterations',
      source: 'aws-appsync-community#371; GR, iterations in a loop',
      evidence: 'observed',
      body: 'let count = 0; for (const x of ctx.args.list) { count += x >= 0 ? 1 : 0; } return count;',
      expected: 1000,
    },
    {
      id: 'JSR-231',
      promise: 'map ends silently after 1,000 elements',
      source: 'aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.map((x) => x).length;',
      expected: 1000,
    },
    {
      id: 'JSR-232',
      promise: 'filter ends silently after 1,000 elements',
      source: 'aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.filter((x) => x >= 0).length;',
      expected: 1000,
    },
    {
      id: 'JSR-233',
      promise: 'reduce ends silently after 1,000 elements',
      source: 'aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.reduce((sum, x) => sum + (x >= 0 ? 1 : 0), 0);',
      expected: 1000,
    },
    {
      id: 'JSR-234',
      promise: 'every loop counts for itself, so nested loops go over 1,000',
      source: 'aws-appsync-community#371',
      evidence: 'observed',
      body: 'let count = 0; const half = ctx.args.list.slice(0, 750); [half, half].forEach((chunk) => { chunk.forEach(() => { count += 1; }); }); return count;',
      expected: 1500,
    },
    {
      id: 'JSR-235',
      promise: 'slice reaches beyond the first 1,000 elements',
      source: 'aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.slice(1200, 1202);',
      expected: [1200, 1201],
    },
    {
      id: 'JSR-236',
      promise: 'forEach ends silently after 1,000 elements',
      source: 'GR, iterations in a loop',
      evidence: 'inferred',
      body: 'let count = 0; ctx.args.list.forEach(() => { count += 1; }); return count;',
      expected: 1000,
    },
    {
      id: 'JSR-237',
      promise: 'find does not look beyond 1,000 elements',
      source: 'GR, iterations in a loop',
      evidence: 'inferred',
      body: 'return ctx.args.list.find((x) => x === 1400) ?? null;',
      expected: null,
    },
  ] satisfies Loop[]
).map(({ body, expected, ...check }) => ({
  ...check,
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, unit(`  ${body}`), { arguments: { list } });

    assert.equal(error, undefined, error?.message);
    assert.deepEqual(JSON.parse(evaluationResult ?? ''), expected);
  },
}));

type Row = [id: string, promise: string, expression: string, expected: unknown];

const documented = ([id, promise, expression, expected]: Row): ValueRow => ({
  id,
  promise,
  source: 'DG supported-features',
  evidence: 'documented',
  expression,
  context: { arguments: { text: ' a-b ', list: [3, 1, 2], map: { a: 1, b: 2 }, deep: { x: null } } },
  expected,
});

const inside: Row[] = [
  ['JSR-240', 'optional chaining and ?? work', 'ctx.args.deep?.x?.y ?? "none"', 'none'],
  ['JSR-241', 'template literals work', '`${ctx.args.map.a}-${1 + 1}`', '1-2'],
  [
    'JSR-242',
    'spread works in objects and lists',
    '[{ ...ctx.args.map, b: 3 }, [...ctx.args.list]]',
    [{ a: 1, b: 3 }, [3, 1, 2]],
  ],
  [
    'JSR-243',
    'Object.entries, keys and values work',
    '[Object.entries(ctx.args.map), Object.keys(ctx.args.map), Object.values(ctx.args.map)]',
    [
      [
        ['a', 1],
        ['b', 2],
      ],
      ['a', 'b'],
      [1, 2],
    ],
  ],
  [
    'JSR-244',
    'Object.hasOwn and Object.assign work',
    '[Object.hasOwn(ctx.args.map, "a"), Object.assign({}, ctx.args.map).b]',
    [true, 2],
  ],
  [
    'JSR-245',
    'texts are trimmed, split and put in upper case',
    'ctx.args.text.trim().toUpperCase().split("-")',
    ['A', 'B'],
  ],
  [
    'JSR-246',
    'startsWith, endsWith, indexOf and slice work',
    '["abc".startsWith("a"), "abc".endsWith("c"), "abc".indexOf("c"), "abc".slice(1)]',
    [true, true, 2, 'bc'],
  ],
  ['JSR-247', 'lists are sorted without a function', 'ctx.args.list.sort()', [1, 2, 3]],
  [
    'JSR-248',
    'flat, flatMap, concat and reverse work',
    '[[1, [2]].flat(), [1, 2].flatMap((x) => [x, x]), [1].concat([2]), [1, 2].reverse()]',
    [
      [1, 2],
      [1, 1, 2, 2],
      [1, 2],
      [2, 1],
    ],
  ],
  [
    'JSR-249',
    'some, every, findIndex and findLast work',
    '[[1, 2].some((x) => x > 1), [1, 2].every((x) => x > 1), [1, 2].findIndex((x) => x > 1), [1, 2].findLast((x) => x > 0)]',
    [true, false, 1, 2],
  ],
  [
    'JSR-250',
    'Math rounds and compares',
    '[Math.round(1.5), Math.floor(1.9), Math.ceil(1.1), Math.min(1, 2), Math.max(1, 2)]',
    [2, 1, 2, 1, 2],
  ],
  [
    'JSR-251',
    'Number.isFinite and Number.isNaN work',
    '[Number.isFinite(1), Number.isNaN(NaN)]',
    [true, true],
  ],
  ['JSR-252', 'JSON is written and read', 'JSON.parse(JSON.stringify({ a: [1] }))', { a: [1] }],
  ['JSR-253', 'JSON.parse of what is no JSON gives an empty text', 'JSON.parse("{")', ''],
  ['JSR-254', 'bit operators work', '[5 & 3, 5 | 3, 5 ^ 3, 1 << 2, 8 >> 1]', [1, 7, 6, 4, 4]],
];

/** Every body is refused before it runs. */
const outside: [id: string, what: string, body: string, evidence: Evidence, source: string][] = [
  [
    'JSR-260',
    'for (;;)',
    'for (let i = 0; i < 3; i += 1) {}',
    'documented',
    'DG supported-features; ESL no-for',
  ],
  [
    'JSR-261',
    'while',
    'while (ctx.args.a) { ctx.args.a = false; }',
    'documented',
    'DG supported-features; ESL no-while',
  ],
  [
    'JSR-262',
    'do … while',
    'do { ctx.args.a = false; } while (ctx.args.a);',
    'documented',
    'DG supported-features; ESL no-while',
  ],
  [
    'JSR-263',
    'continue',
    'for (const x of [1]) { if (x) { continue; } }',
    'documented',
    'DG supported-features; ESL no-continue',
  ],
  [
    'JSR-264',
    'labels',
    'outer: for (const x of [1]) { if (x) { break outer; } }',
    'documented',
    'DG supported-features; ESL no-labels',
  ],
  [
    'JSR-265',
    'try',
    'try { ctx.stash.a = 1; } catch (e) { ctx.stash.a = 2; }',
    'documented',
    'DG supported-features; ESL no-try',
  ],
  ['JSR-266', 'throw', "throw 'no';", 'documented', 'DG supported-features'],
  ['JSR-267', 'classes', 'class A {}', 'documented', 'DG supported-features; ESL no-classes'],
  ['JSR-268', 'this', 'const a = this;', 'documented', 'DG supported-features; ESL no-this'],
  [
    'JSR-269',
    'async functions',
    'const f = async () => 1;',
    'documented',
    'DG supported-features; ESL no-async',
  ],
  [
    'JSR-270',
    'generators',
    'function* f() { yield 1; }',
    'documented',
    'DG supported-features; ESL no-generators',
  ],
  [
    'JSR-271',
    'regular-expression literals',
    'const a = /x/;',
    'documented',
    'DG supported-features; ESL no-regex',
  ],
  [
    'JSR-272',
    '++',
    'let a = 1; a++;',
    'documented',
    'DG supported-features; ESL no-disallowed-unary-operators',
  ],
  [
    'JSR-273',
    '--',
    'let a = 1; a--;',
    'documented',
    'DG supported-features; ESL no-disallowed-unary-operators',
  ],
  ['JSR-274', '~', 'const a = ~1;', 'documented', 'DG supported-features; ESL no-disallowed-unary-operators'],
  [
    'JSR-275',
    'the operator in',
    "const a = 'a' in ctx.args;",
    'documented',
    'DG supported-features; ESL no-in-operator',
  ],
  [
    'JSR-276',
    'instanceof',
    'const a = ctx.args instanceof Object;',
    'documented',
    'DG supported-features; ESL no-disallowed-binary-operators',
  ],
  [
    'JSR-277',
    'recursion',
    'function f(n) { return n > 0 ? f(n - 1) : 0; } const a = f(1);',
    'documented',
    'DG supported-features; ESL no-recursion',
  ],
  [
    'JSR-278',
    'a function as an argument',
    'const g = (f) => f(); const a = g(() => 1);',
    'observed',
    'aws-appsync-community#325',
  ],
  [
    'JSR-279',
    'sort with a function',
    'const a = [2, 1].sort((x, y) => x - y);',
    'observed',
    'aws-appsync-community#325',
  ],
  ['JSR-280', 'returning a function', 'const f = () => () => 1;', 'documented', 'ESL no-function-return'],
  [
    'JSR-281',
    'assigning a function to another name',
    'const f = () => 1; const g = f;',
    'documented',
    'ESL no-function-reassign',
  ],
  ['JSR-282', 'assigning to the context', 'ctx.stash = {};', 'documented', 'ESL no-disallowed-re-assignment'],
  ['JSR-283', 'Object.freeze', 'const a = Object.freeze({});', 'documented', 'ESL no-disallowed-methods'],
  ['JSR-284', 'padStart of a text', "const a = 'a'.padStart(2);", 'documented', 'ESL no-disallowed-methods'],
  [
    'JSR-285',
    'new Promise',
    'const a = new Promise(() => {});',
    'documented',
    'DG supported-features; ESL no-promise',
  ],
  ['JSR-286', 'new Date()', 'const a = new Date();', 'observed', 'serverless-appsync-plugin#549'],
  ['JSR-287', 'Map', 'const a = new Map();', 'inferred', 'DG supported-features lists the built-in objects'],
  [
    'JSR-288',
    'fetch',
    "const a = fetch('https://example.com');",
    'inferred',
    'DG supported-features lists the globals',
  ],
  ['JSR-289', 'process', 'const a = process.env;', 'inferred', 'DG supported-features lists the globals'],
  [
    'JSR-290',
    'setTimeout',
    'setTimeout(() => {}, 1);',
    'inferred',
    'DG supported-features lists the globals',
  ],
  [
    'JSR-291',
    'a name nobody declared',
    'const a = nowhere;',
    'observed',
    'LSU index.test.js: AppSync type-checks the code',
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
  source: 'DG additional-utilities',
  evidence: 'documented',
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, `${line}\n${unit('  return z;')}`);

    assert.equal(evaluationResult, undefined);
    assert.ok((error?.codeErrors?.length ?? 0) > 0, JSON.stringify(error));
  },
}));

const sizeChecks: Check[] = (
  [
    ['JSR-294', 'takes code of 32,768 characters', 32_768, true],
    ['JSR-295', 'refuses code of 32,769 characters', 32_769, false],
  ] satisfies [string, string, number, boolean][]
).map(([id, promise, length, taken]) => ({
  id,
  promise,
  source: 'GR, quotas of AppSync',
  evidence: 'documented',
  async run(api) {
    const code = unit('  return 1;');
    const padded = `${code}// ${'x'.repeat(length - code.length - 3)}`;

    const { evaluationResult } = await evaluateCode(api, padded);

    assert.equal(evaluationResult, taken ? '1' : undefined);
  },
}));

/** The language: what is in, what is out, and where loops end. */
export const languageChecks: Check[] = [
  ...loopChecks,
  ...valueChecks(inside.map(documented)),
  ...refusedChecks,
  ...moduleChecks,
  ...sizeChecks,
];
