import { expect, it } from 'vitest';
import { problemsIn } from './harness/problems.ts';

const REFUSED: [string, string, string][] = [
  [
    'C-style for',
    'for (let i = 0; i < 3; i += 1) { i; }',
    '@aws-appsync/no-for: For statements are not supported.',
  ],
  ['while', 'while (ctx) { ctx; }', '@aws-appsync/no-while: While statements are not supported.'],
  ['do while', 'do { ctx; } while (ctx);', '@aws-appsync/no-while: do...while statements are not supported.'],
  [
    'continue',
    'for (const x of []) { if (x) continue; }',
    '@aws-appsync/no-continue: Continue statements are not supported',
  ],
  [
    'labels',
    'out: for (const x of []) { break out; }',
    '@aws-appsync/no-labels: Labeled statements are not supported.',
  ],
  ['try', 'try { ctx; } catch { ctx; }', '@aws-appsync/no-try: Try statements are not supported.'],
  ['throw', 'throw ctx;', 'Throw statements are not supported. Raise an error with util.error().'],
  ['class declarations', 'class A {}', '@aws-appsync/no-classes: Class declarations are not supported.'],
  [
    'class expressions',
    'const A = class {};',
    '@aws-appsync/no-classes: Class declarations are not supported.',
  ],
  ['this', 'return this;', '@aws-appsync/no-this: This expressions are not supported.'],
  ['generators', 'function* g() {}', '@aws-appsync/no-generators: Generator functions are not supported.'],
  ['async functions', 'async function f() {}', '@aws-appsync/no-async: Async functions are not supported.'],
  [
    'async arrow functions',
    'const f = async () => 1;',
    '@aws-appsync/no-async: Async functions are not supported.',
  ],
  ['regex literals', 'return /a/;', '@aws-appsync/no-regex: Regex literals are not supported.'],
  ['BigInt literals', 'return 1n;', 'BigInt literals are not supported.'],
  ['??=', 'let a = null; a ??= 1;', 'The operator ??= is not supported. Write a = a ?? b.'],
  ['++', 'let a = 0; a++;', '@aws-appsync/no-disallowed-unary-operators: The operator ++ is not supported'],
  ['--', 'let a = 0; --a;', '@aws-appsync/no-disallowed-unary-operators: The operator -- is not supported'],
  ['~', 'return ~1;', '@aws-appsync/no-disallowed-unary-operators: The operator ~ is not supported'],
  [
    'in',
    "return 'a' in ctx;",
    '@aws-appsync/no-in-operator: in operator is not supported. Use Object.hasOwn().',
  ],
  [
    'instanceof',
    'return ctx instanceof Object;',
    '@aws-appsync/no-disallowed-binary-operator: The operator instanceof is not supported',
  ],
  ['new', 'return new Date();', 'New expressions are not supported.'],
  ['new Promise', 'return new Promise();', '@aws-appsync/no-promise: Promise is not supported'],
  ['dynamic import', "return import('./x.js');", 'Dynamic imports are not supported.'],
  ['import.meta', 'return import.meta;', 'import.meta is not supported.'],
  ['getters', 'return { get a() { return 1; } };', 'Getters and setters are not supported.'],
  ['setters', 'return { set a(v) { v; } };', 'Getters and setters are not supported.'],
  ['debugger', 'debugger;', 'Debugger statements are not supported.'],
];

it.each(REFUSED)('refuses %s', (_name, body, message) => {
  const problems = problemsIn(body);

  expect(problems).toContain(message);
});

it.each([
  ['for…of with break', 'for (const x of [1]) { if (x) break; }'],
  ['for…in', 'for (const key in ctx.args) { key; }'],
  ['switch', 'switch (ctx.args.a) { case 1: return 1; default: return 2; }'],
  [
    'destructuring, spread and defaults',
    'const { a = 1, ...rest } = ctx.args; const [b] = [a]; return { b, ...rest };',
  ],
  ['optional chaining and nullish coalescing', 'let a = ctx?.args?.a; a = a ?? 1; return a;'],
  ['other logical assignments', 'let a = ctx.args.a; a ||= 1; a &&= 2; return a;'],
  ['bitwise operators', 'let a = (1 & 2) | (3 ^ 4); a <<= 1; return a >>> 1;'],
  ['template literals', 'return `a ${`b ${1}`}`;'],
  ['typeof, void and delete', 'delete ctx.stash.a; void 0; return typeof ctx;'],
  ['rest parameters', 'const f = (...all) => all.length; return f(1, 2);'],
  ['an immediately called function', 'return (() => 1)();'],
  ['exponentiation', 'return 2 ** 3;'],
])('takes %s', (_name, body) => {
  const problems = problemsIn(body);

  expect(problems).toEqual([]);
});
