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
      source: 'aws/aws-appsync-community#371; AWS General Reference, AppSync endpoints and quotas',
      evidence: 'observed',
      body: 'let count = 0; for (const x of ctx.args.list) { count += x >= 0 ? 1 : 0; } return count;',
      expected: 1000,
    },
    {
      id: 'JSR-231',
      promise: 'map ends silently after 1,000 elements',
      source: 'aws/aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.map((x) => x).length;',
      expected: 1000,
    },
    {
      id: 'JSR-232',
      promise: 'filter ends silently after 1,000 elements',
      source: 'aws/aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.filter((x) => x >= 0).length;',
      expected: 1000,
    },
    {
      id: 'JSR-233',
      promise: 'reduce ends silently after 1,000 elements',
      source: 'aws/aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.reduce((sum, x) => sum + (x >= 0 ? 1 : 0), 0);',
      expected: 1000,
    },
    {
      id: 'JSR-234',
      promise: 'every loop has its own count, so nested loops go over 1,000',
      source: 'aws/aws-appsync-community#371',
      evidence: 'observed',
      body: 'let count = 0; const half = ctx.args.list.slice(0, 750); [half, half].forEach((chunk) => { chunk.forEach(() => { count += 1; }); }); return count;',
      expected: 1500,
    },
    {
      id: 'JSR-235',
      promise: 'slice reaches beyond the first 1,000 elements',
      source: 'aws/aws-appsync-community#371',
      evidence: 'observed',
      body: 'return ctx.args.list.slice(1200, 1202);',
      expected: [1200, 1201],
    },
    {
      id: 'JSR-236',
      promise: 'forEach ends silently after 1,000 elements',
      source: 'AWS General Reference, AppSync endpoints and quotas',
      evidence: 'inferred',
      body: 'let count = 0; ctx.args.list.forEach(() => { count += 1; }); return count;',
      expected: 1000,
    },
    {
      id: 'JSR-237',
      promise: 'find does not look beyond 1,000 elements',
      source: 'AWS General Reference, AppSync endpoints and quotas',
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
  source: 'AppSync developer guide, supported-features',
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
  ['JSR-253', 'JSON.parse of invalid JSON gives an empty text', 'JSON.parse("{")', ''],
  ['JSR-254', 'bit operators work', '[5 & 3, 5 | 3, 5 ^ 3, 1 << 2, 8 >> 1]', [1, 7, 6, 4, 4]],
];

const LINTER = '@aws-appsync/eslint-plugin 2.0.2, which denies every other method that the guide leaves out';

/** Methods that the guide does not list. */
const unlisted: ValueRow[] = [
  {
    id: 'JSR-305',
    promise: 'substring takes part of a text, its bounds in any order',
    source: 'aws-samples/aws-appsync-resolver-samples, all-items-today.js',
    evidence: 'observed',
    expression: "['2026-01-01T10:00'.substring(0, 10), 'abc'.substring(2, 0)]",
    expected: ['2026-01-01', 'ab'],
  },
  {
    id: 'JSR-306',
    promise: 'includes works on texts and lists',
    source: 'aws/aws-appsync-community#279',
    evidence: 'observed',
    expression: "['abc'.includes('b'), [1, 2].includes(3)]",
    expected: [true, false],
  },
  {
    id: 'JSR-307',
    promise: 'substr, at and codePointAt work on texts',
    source: LINTER,
    evidence: 'inferred',
    expression: '[ctx.args.text.substr(1, 1), ctx.args.text.at(-1), ctx.args.text.codePointAt(0)]',
    context: { arguments: { text: 'abc' } },
    expected: ['b', 'c', 97],
  },
  {
    id: 'JSR-308',
    promise: 'at works on lists',
    source: LINTER,
    evidence: 'inferred',
    expression: 'ctx.args.list.at(-1)',
    context: { arguments: { list: [1, 2] } },
    expected: 2,
  },
  {
    id: 'JSR-309',
    promise: 'Object.fromEntries makes a map',
    source: LINTER,
    evidence: 'inferred',
    expression: "Object.fromEntries([['a', 1], ['b', [2]]])",
    expected: { a: 1, b: [2] },
  },
];

/** The language: what is in it, and where loops end. */
export const languageChecks: Check[] = [
  ...loopChecks,
  ...valueChecks(inside.map(documented)),
  ...valueChecks(unlisted),
];
