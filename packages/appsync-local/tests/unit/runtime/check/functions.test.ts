import { expect, it } from 'vitest';
import { problemsIn } from './harness/problems.ts';

const PASSED = '@aws-appsync/no-function-passing: Functions can not be passed as an argument';
const RETURNED = '@aws-appsync/no-function-return: returning a function is not allowed';
const REASSIGNED = '@aws-appsync/no-function-reassign: re-assigning function is not allowed';

it.each([
  ['a function of one’s own', 'const f = (g) => g; return f(() => 1);'],
  ['a function by name', 'function g() {} const f = (x) => x; return f(g);'],
  ['sort', 'return ctx.args.list.sort((a, b) => a - b);'],
  ['JSON.parse', 'return JSON.parse("1", (key, value) => value);'],
  ['replace', 'return ctx.args.text.replace("a", () => "b");'],
  ['a computed method', 'return ctx.args.list["map"]((x) => x);'],
])('refuses a function passed to %s', (_name, body) => {
  const problems = problemsIn(body);

  expect(problems).toContain(PASSED);
});

it.each(
  [
    'map',
    'find',
    'filter',
    'findIndex',
    'findLast',
    'findLastIndex',
    'forEach',
    'every',
    'some',
    'flatMap',
  ].concat('reduce', 'reduceRight'),
)('takes a function passed to %s', (method) => {
  const problems = problemsIn(
    `const f = (x) => x; ctx.args.list.${method}(f); return [].${method}((x) => x);`,
  );

  expect(problems).toEqual([]);
});

it.each([
  ['an arrow function', 'const f = () => { return () => 1; }; return f;'],
  ['a function expression', 'const f = () => function () {};'],
  ['a function by name', 'const f = () => { const g = () => 1; return g; };'],
])('refuses to return %s', (_name, body) => {
  const problems = problemsIn(body);

  expect(problems).toContain(RETURNED);
});

it.each([
  ['a declaration', 'const f = () => 1; const g = f;'],
  ['an assignment', 'function f() {} let g; g = f;'],
])('refuses another name for a function by %s', (_name, body) => {
  const problems = problemsIn(body);

  expect(problems).toEqual([REASSIGNED]);
});
