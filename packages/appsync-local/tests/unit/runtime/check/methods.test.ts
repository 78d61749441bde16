import { expect, it } from 'vitest';
import { problemsIn, problemsOf } from './harness/problems.ts';

it.each([
  ['Object.freeze({})', 'ObjectConstructor.freeze'],
  ['Array.from([])', 'Array.from'],
  ['Math.abs(-1)', 'Math.abs'],
  ['Number.parseFloat("1")', 'Number.parseFloat'],
  ['console.warn(1)', 'console.warn'],
  ['"a".padStart(3)', 'String.padStart'],
  ['`a`.repeat(3)', 'String.repeat'],
  ['[1].keys()', 'Array.keys'],
  ['[1].toString()', 'Array.toString'],
])('refuses %s', (expression, method) => {
  const problems = problemsIn(`return ${expression};`);

  expect(problems).toEqual([`@aws-appsync/no-disallowed-methods: Method ${method} is not implemented`]);
});

it.each([
  ['JSON.rawJSON("1")', 'JSON.rawJSON', "error TS2339: Property 'rawJSON' does not exist on type 'JSON'."],
  [
    'Object.groupBy([], 1)',
    'ObjectConstructor.groupBy',
    "error TS2550: Property 'groupBy' does not exist on type 'ObjectConstructor'.",
  ],
])('refuses %s, which TypeScript does not know either, in its words as well', (expression, method, said) => {
  const problems = problemsIn(`return ${expression};`);

  expect(problems).toEqual([`@aws-appsync/no-disallowed-methods: Method ${method} is not implemented`, said]);
});

it.each(['apply', 'bind', 'call'])('refuses %s of a function', (method) => {
  const problems = problemsIn(`const f = () => 1; return f.${method}(ctx);`);

  expect(problems).toEqual([
    `@aws-appsync/no-disallowed-methods: Method Function.${method} is not implemented`,
  ]);
});

it('refuses a tagged template that is not sql', () => {
  const problems = problemsIn('const tag = (parts) => parts; return tag`a`;');

  expect(problems).toEqual(['Tagged templates are supported only with sql of @aws-appsync/utils/rds.']);
});

it('takes the sql tag', () => {
  const code =
    "import { sql } from '@aws-appsync/utils/rds'; export const request = (ctx) => sql`SELECT ${ctx.args.id}`;";

  const problems = problemsOf(code);

  expect(problems).toEqual([]);
});

it.each([
  'Object.keys(ctx.args)',
  'Object.hasOwn(ctx.args, "id")',
  'Array.isArray(ctx.args)',
  'Math.floor(1.5)',
  'Number.isNaN(1)',
  'JSON.stringify(ctx.args)',
  'ctx.args.text.padded',
  'ctx.stash.keys',
])('takes %s', (expression) => {
  const problems = problemsIn(`return ${expression};`);

  expect(problems).toEqual([]);
});

it('does not mistake a local name for a namespace', () => {
  const problems = problemsIn('const Math = { abs: 1 }; return Math.abs;');

  expect(problems).toEqual([]);
});
