import { parse } from 'acorn';
import { expect, it } from 'vitest';
import { analyzeScopes } from '../../../src/runtime/check/scopes.ts';
import { earlyReturns } from '../../../src/runtime/early-returns.ts';
import { createContext, load, UNCHECKED } from './harness/evaluate.ts';

const IMPORT = "import { runtime } from '@aws-appsync/utils';\n";
const RESPONSE = 'export function response(ctx) { return ctx.result; }\n';

const inRequest = (body: string): string => `export function request(ctx) { ${body} }\n${RESPONSE}`;

function becomeReturns(code: string): string[] {
  const program = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
  return earlyReturns({ program, scopes: analyzeScopes(program) }).map(({ start }) =>
    code.slice(start, code.indexOf(';', start)),
  );
}

it.each([
  ['a statement', IMPORT + inRequest('runtime.earlyReturn(1);'), 1],
  [
    'statements in blocks',
    IMPORT + inRequest('if (a) runtime.earlyReturn(); else { runtime.earlyReturn(2); }'),
    2,
  ],
  ['the global', inRequest('runtime.earlyReturn(1);'), 1],
  [
    'a handler exported under another name',
    `${IMPORT}function a() { runtime.earlyReturn(1); } ${RESPONSE} export { a as request };`,
    1,
  ],
  [
    'a handler in a variable',
    `${IMPORT}export const request = () => { runtime.earlyReturn(1); };\n${RESPONSE}`,
    1,
  ],
])('makes a return of %s', (_what, code, count) => {
  expect(becomeReturns(code)).toHaveLength(count);
});

it.each([
  ['part of an expression', inRequest('const x = runtime.earlyReturn(1);')],
  ['a condition', inRequest('ctx.args.a && runtime.earlyReturn(1);')],
  ['an argument', inRequest('foo(runtime.earlyReturn(1));')],
  ['in a function within the handler', inRequest('[1].forEach(() => { runtime.earlyReturn(1); });')],
  [
    'in a function that is no handler',
    `function other() { runtime.earlyReturn(1); }\n${inRequest('other();')}`,
  ],
  [
    'in a handler that is called',
    `export function request(ctx) { runtime.earlyReturn(1); }\nexport function response(ctx) { return request(ctx); }`,
  ],
  [
    'of a name the code declares',
    `const runtime = { earlyReturn: () => 1 };\n${inRequest('runtime.earlyReturn(1);')}`,
  ],
  [
    'of another import by that name',
    `import { util as runtime } from '@aws-appsync/utils';\n${inRequest('runtime.earlyReturn(1);')}`,
  ],
  ['called only if it is there', inRequest('runtime?.earlyReturn(1);')],
  ['of another method', inRequest('runtime.other(1);')],
])('leaves what is %s', (_what, code) => {
  expect(becomeReturns(code)).toEqual([]);
});

it('ends both handlers where one is called by the other', () => {
  const code = load(
    `${IMPORT}export function request(ctx) { if (ctx.args.stop) { runtime.earlyReturn('early', { skipTo: 'END' }); } return 1; }
     export function response(ctx) { const value = request(ctx); return [value]; }`,
  );

  expect(code.response(createContext({ arguments: { stop: true } }))).toEqual({
    kind: 'early',
    value: 'early',
    skipTo: 'END',
  });
  expect(code.response(createContext())).toEqual({ kind: 'returned', value: [1] });
});

it('copies what it hands out', () => {
  const code = load(
    `${IMPORT}export function request(ctx) { runtime.earlyReturn({ a: ctx.args.list, b: undefined, c: 0 / 0 }); }\n${RESPONSE}`,
  );
  const { value } = code.request(createContext({ arguments: { list: [1] } })) as { value: object };

  expect(value).toStrictEqual({ a: [1], c: null });
});

it.each(['{ skipTo: "LAST" }', '{ skipTo: null, other: 1 }', 'undefined'])(
  'judges the options %s as a throwing call does',
  (options) => {
    const request = (statement: string) =>
      load(`${UNCHECKED}${IMPORT}export function request(ctx) {\n${statement}\n}\n${RESPONSE}`).request(
        createContext(),
      );
    const message = (statement: string): unknown =>
      JSON.stringify(request(statement)).replace(/code\.js:\d+:\d+/, '');

    expect(message(`runtime.earlyReturn(1, ${options});`)).toBe(
      message(`const x = runtime.earlyReturn(1, ${options});`),
    );
  },
);
