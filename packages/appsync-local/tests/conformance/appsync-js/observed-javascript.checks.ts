import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { evaluateCode, unit } from '../evaluate/evaluate-code.ts';

const NULLS = 'aws/aws-appsync-community#305; https://zenn.dev/duckdevv/articles/0ced9276fac73d';
const COALESCING = 'aws/aws-appsync-community#403';
const ASSIGNMENT = 'aws-amplify/amplify-category-api#3192';
const SWITCH = 'aws/aws-appsync-community#411';

const context = { arguments: { given: 'here', none: null, list: [null], map: { kind: 'a' } } };

type Row = [
  id: string,
  promise: string,
  /** Of the request handler. */
  body: string,
  expected: unknown,
  evidence: Evidence,
  source: string,
];

const toCheck = ([id, promise, body, expected, evidence, source]: Row): Check => ({
  id,
  promise,
  evidence,
  source,
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, unit(`  ${body}`), context);

    assert.equal(error, undefined, error?.message);
    assert.deepEqual(JSON.parse(evaluationResult ?? ''), expected);
  },
});

const value = (expression: string): string => `return ${expression};`;

/** An expression whose `f` notes each call: its value and their number. */
const calls = (expression: string): string =>
  `const calls = []; const f = () => { calls.push(1); return 'f'; }; const value = ${expression}; return [value, calls.length];`;

const chosen = (expression: string): string =>
  `switch (${expression}) { case 'a': return 'case'; default: return 'default'; }`;

/** What AppSync was seen to do and JavaScript does not. A run of plain JavaScript leaves them out. */
const unlikeJavascript: Row[] = [
  ['JSR-500', 'undefined === null is true', value('undefined === null'), true, 'observed', NULLS],
  [
    'JSR-501',
    'void 0 === null is true',
    value('void 0 === null'),
    true,
    'observed',
    'aws/aws-appsync-community#305',
  ],
  ['JSR-502', 'an absent argument is === null', value('ctx.args.nope === null'), true, 'observed', NULLS],
  [
    'JSR-503',
    'null !== undefined is false for an argument that is null',
    value('ctx.args.none !== undefined'),
    false,
    'observed',
    NULLS,
  ],
  [
    'JSR-504',
    'a variable that is null and one that is undefined are ===',
    value('ctx.args.none === ctx.args.nope'),
    true,
    'inferred',
    NULLS,
  ],
  [
    'JSR-510',
    'a ?? f() calls f even if a is given, and its value is a',
    calls('ctx.args.given ?? f()'),
    ['here', 1],
    'observed',
    COALESCING,
  ],
  [
    'JSR-512',
    'every right side of a ?? b() ?? c() is called',
    calls('ctx.args.given ?? f() ?? f()'),
    ['here', 2],
    'inferred',
    COALESCING,
  ],
  [
    'JSR-520',
    "return text += 'b' returns an empty text",
    "let text = 'a'; return text += 'b';",
    '',
    'observed',
    ASSIGNMENT,
  ],
  [
    'JSR-521',
    'return number += 2 returns an empty text',
    'let number = 1; return number += 2;',
    '',
    'observed',
    ASSIGNMENT,
  ],
  [
    'JSR-522',
    'return number -= 2, *= 2 and the like return an empty text',
    'let n = 3; const f = () => { return n -= 2; }; const g = () => { return n *= 2; }; return [f(), g()];',
    ['', ''],
    'inferred',
    ASSIGNMENT,
  ],
  [
    'JSR-523',
    'an arrow function with only x += 1 returns an empty text',
    'let x = 1; const f = () => x += 1; return f();',
    '',
    'inferred',
    ASSIGNMENT,
  ],
  [
    'JSR-530',
    'switch (a?.b) takes its default for every value of a?.b',
    chosen('ctx.args.map?.kind'),
    'default',
    'observed',
    SWITCH,
  ],
];

const raises: Check = {
  id: 'JSR-511',
  promise: 'a ?? util.error(…) raises the error even if a is given',
  evidence: 'observed',
  source: 'aws-amplify/amplify-category-api#3170',
  async run(api) {
    const { error } = await evaluateCode(api, unit("  return ctx.args.given ?? util.error('no');"), context);

    assert.equal(error?.message, 'no');
  },
};

/** What stays as JavaScript says. */
const likeJavascript: Row[] = [
  [
    'JSR-505',
    'Object.keys(input).includes(name) distinguishes a null member from an absent one',
    value("[Object.keys(ctx.args).includes('none'), Object.keys(ctx.args).includes('nope')]"),
    [true, false],
    'observed',
    NULLS,
  ],
  [
    'JSR-506',
    'null is not === to an empty text, 0 or false',
    value("[ctx.args.none === '', ctx.args.none === 0, ctx.args.none === false]"),
    [false, false, false],
    'inferred',
    NULLS,
  ],
  [
    'JSR-513',
    'a ? b : f() does not call f if a is given',
    calls('ctx.args.given ? ctx.args.given : f()'),
    ['here', 0],
    'observed',
    COALESCING,
  ],
  [
    'JSR-524',
    'text += x as a separate statement appends',
    "let text = 'a'; text += 'b'; return text;",
    'ab',
    'documented',
    'AppSync developer guide, supported-features; aws/aws-appsync-community#353',
  ],
  [
    'JSR-531',
    'switch takes the right case with a?.b in a variable',
    `const kind = ctx.args.map?.kind; ${chosen('kind')}`,
    'case',
    'observed',
    SWITCH,
  ],
  [
    'JSR-532',
    'if (a?.b === …) compares the value',
    value("ctx.args.map?.kind === 'a'"),
    true,
    'observed',
    SWITCH,
  ],
];

/** Neighbours of what was seen that nobody has reported on: plain JavaScript, until somebody does. */
const unknown: Row[] = (
  [
    [
      'JSR-514',
      '|| and && call f only if the left side does not decide',
      calls('ctx.args.given || f() || (ctx.args.none && f())'),
      ['here', 0],
      COALESCING,
    ],
    [
      'JSR-525',
      'x += 1 inside an expression has the new value',
      'let x = 1; const y = (x += 1); return y;',
      2,
      ASSIGNMENT,
    ],
    ['JSR-526', 'return x = 1 returns what is assigned', 'let x = 0; return x = 1;', 1, ASSIGNMENT],
    [
      'JSR-527',
      '||= and &&= assign',
      'let x = 0; let y = 1; x ||= 2; y &&= 3; return [x, y];',
      [2, 3],
      'aws/aws-appsync-community#353',
    ],
    [
      'JSR-540',
      'switch distinguishes null and undefined',
      "switch (ctx.args.none) { case undefined: return 'undefined'; case null: return 'null'; } return 'none';",
      'null',
      NULLS,
    ],
    [
      'JSR-541',
      'includes and indexOf distinguish null and undefined',
      value('[ctx.args.list.includes(undefined), ctx.args.list.indexOf(undefined)]'),
      [false, -1],
      NULLS,
    ],
    [
      'JSR-542',
      'the default of a parameter replaces undefined, not null',
      value('[undefined, null].map((x = 1) => x)'),
      [1, null],
      NULLS,
    ],
    [
      'JSR-543',
      'a default in destructuring replaces undefined, not null',
      'const { none = 1, nope = 2 } = ctx.args; return [none, nope];',
      [null, 2],
      `${NULLS}; aws/aws-appsync-community#301`,
    ],
    [
      'JSR-544',
      'typeof distinguishes undefined and null',
      value('[typeof ctx.args.nope, typeof ctx.args.none]'),
      ['undefined', 'object'],
      NULLS,
    ],
  ] satisfies [string, string, string, unknown, string][]
).map(([id, promise, body, expected, source]) => [id, promise, body, expected, 'chosen', source]);

const refusesNullishAssignment: Check = {
  id: 'JSR-528',
  promise: 'refuses code with ??=',
  evidence: 'inferred',
  source: 'aws/aws-appsync-community#353: not supported; the message is unknown',
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, unit('  let a; a ??= 1; return a;'));

    assert.equal(evaluationResult, undefined);
    assert.equal(error?.codeErrors?.[0]?.location?.line, 6, JSON.stringify(error));
  },
};

/** Where AppSync was seen to run JavaScript otherwise than JavaScript says (docs/adr/0024), and the neighbours of that. */
export const observedJavascriptChecks: Check[] = [
  ...[...unlikeJavascript.map(toCheck), raises].map((check) => ({
    ...check,
    javascript: 'appsync' as const,
  })),
  ...likeJavascript.map(toCheck),
  ...unknown.map(toCheck),
  refusesNullishAssignment,
].sort((a, b) => (a.id < b.id ? -1 : 1));
