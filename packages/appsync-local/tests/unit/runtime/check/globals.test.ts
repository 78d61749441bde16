import { expect, it } from 'vitest';
import { check } from '../../../../src/runtime/check/check.ts';
import { problemsIn, problemsOf } from './harness/problems.ts';

it.each([
  ['Date', 'Date.now()', 'Date is not defined in APPSYNC_JS. Use util.time.'],
  ['String', 'String', 'String is not defined in APPSYNC_JS. Use a template literal, `${value}`.'],
  ['parseInt', 'parseInt', 'parseInt is not defined in APPSYNC_JS. Use unary +.'],
  ['Map', 'Map', 'Map is not defined in APPSYNC_JS.'],
  ['Symbol', 'Symbol.iterator', 'Symbol is not defined in APPSYNC_JS.'],
  ['globalThis', 'globalThis', 'globalThis is not defined in APPSYNC_JS.'],
  ['eval', 'eval', 'eval is not defined in APPSYNC_JS.'],
  ['process', 'process.env', "error TS2591: Cannot find name 'process'. Use ctx.env."],
  ['arguments', 'arguments[0]', 'arguments is not defined in APPSYNC_JS. Use rest parameters.'],
  ['constructor', 'constructor', "error TS2304: Cannot find name 'constructor'."],
  ['a misspelt name', 'ctxx.args', "error TS2552: Cannot find name 'ctxx'. Did you mean 'ctx'?"],
])('refuses %s, which nothing declares', (_name, expression, message) => {
  const problems = problemsIn(`return ${expression};`);

  expect(problems).toEqual([message]);
});

it('refuses an assignment to a name nothing declares', () => {
  const problems = problemsIn('leaked = 1;');

  expect(problems).toEqual(["error TS2304: Cannot find name 'leaked'."]);
});

it.each([
  ['Number', "Number('1')", ' Use unary +.'],
  ['parseInt', "parseInt('1')", ' Use unary +.'],
  ['String', 'String(1)', ' Use a template literal, `${value}`.'],
  ['Object', 'Object({})', ''],
  ['eval', "eval('1')", ''],
])('refuses to call %s as AppSync was recorded to refuse Number', (name, expression, instead) => {
  const { problems } = check(
    `export const request = () => ${expression};\nexport const response = () => null;`,
  );

  expect(problems).toEqual([
    expect.objectContaining({
      errorType: 'INVALID_FUNCTION_INVOCATION',
      message: `Invalid function: ${name} [code: INVALID_FUNCTION_INVOCATION]${instead}`,
      line: 1,
      column: 30,
      span: name.length,
    }),
  ]);
});

it.each([
  ['the default of a parameter', 'function f(a = inner) { var inner; return a; } return f();'],
  ['the default of a parameter of an arrow function', 'return ((a = inner) => { var inner; return a; })();'],
  ['the head of a switch', 'switch (inner) { default: let inner; }'],
])('refuses a name in %s, which does not see what the body declares', (_where, body) => {
  const problems = problemsIn(body);

  expect(problems).toEqual(["error TS2304: Cannot find name 'inner'."]);
});

it('takes a name that a case of a switch declares for another, and one in the body of a function', () => {
  const problems = problemsIn(
    'function f(a) { { var inner = a; } return inner; } switch (f(1)) { case 1: let b = 1; default: return b; }',
  );

  expect(problems).toEqual([]);
});

it('refuses a name used outside the block that declares it', () => {
  const problems = problemsIn('if (ctx) { const inner = 1; inner; } return inner;');

  expect(problems).toEqual(["error TS2304: Cannot find name 'inner'."]);
});

it.each([
  [
    'globals without an import',
    'util.error("x"); extensions; runtime; console.log(NaN, Infinity, undefined);',
  ],
  ['a var used outside its block', 'if (ctx) { var inner = 1; } return inner;'],
  ['a function used before its declaration', 'return later(); function later() { return 1; }'],
  [
    'parameters, patterns and loop variables',
    'const f = ({ a: [b], ...c }, d = b) => [b, c, d]; for (const e of []) f(e);',
  ],
  ['member names and keys', 'return { Date: ctx.Map, Set: 1 }.Symbol;'],
])('takes %s', (_name, body) => {
  const problems = problemsIn(body);

  expect(problems).toEqual([]);
});

it('takes names declared at the top of the module', () => {
  const code = 'const one = 1; let two; export const request = (ctx) => { two = ctx; return one; };';

  const problems = problemsOf(code);

  expect(problems).toEqual([]);
});
