import { describe, expect, it } from 'vitest';
import { DEFAULT_JAVASCRIPT, type Javascript } from '../../../src/runtime/javascript.ts';
import { createRuntime } from '../../../src/runtime/runtime.ts';
import type { Evaluation } from '../../../src/runtime/runtime.types.ts';
import { contextInit, load, unit } from './harness/evaluate.ts';

const ARGUMENTS = { given: 'here', none: null, list: [1], map: { kind: 'a' } };

const runtimes = {
  appsync: createRuntime({ javascript: 'appsync' }),
  plain: createRuntime({ javascript: 'plain' }),
};

function evaluate(javascript: Javascript, text: string): Evaluation {
  const runtime = runtimes[javascript];
  const module = runtime.load({ logicalId: 'Code', title: 'resolver Query.code', text });
  return module.request(runtime.createContext(contextInit({ arguments: ARGUMENTS })));
}

function valueIn(javascript: Javascript, body: string): unknown {
  const evaluation = evaluate(javascript, unit(body));
  return evaluation.kind === 'raised' ? evaluation.error.message : evaluation.value;
}

/** What a body returns: as AWS was seen to do, and in plain JavaScript. */
function both(body: string): { appsync: unknown; plain: unknown } {
  return { appsync: valueIn('appsync', body), plain: valueIn('plain', body) };
}

it('does as AWS was seen to do unless it is asked for plain JavaScript', () => {
  expect(DEFAULT_JAVASCRIPT).toBe('appsync');
  expect(
    load(unit('return undefined === null;')).request(createRuntime().createContext(contextInit())),
  ).toEqual({ kind: 'returned', value: true });
});

describe('an operator that is all that is counted or copied', () => {
  it.each([
    ['[ctx.args.given].filter((one) => one === ctx.args.given)', ['here']],
    ['[ctx.args.given].filter((one) => one !== ctx.args.given)', []],
    ['[1].map((one) => ctx.args.none ?? [one].concat([]))', [[1]]],
    ['[...(ctx.args.none ?? ctx.args.list.concat([]))]', [1]],
  ])('%s', (expression, value) => {
    expect(both(`return ${expression};`)).toEqual({ appsync: value, plain: value });
  });
});

/** V8 names what it calls; of what the server puts around an expression it says what it says of any that has no name. */
it.each([
  [
    'const { x } = ctx.args.nope ?? ctx.args.none;',
    "Cannot destructure property 'x' of '(intermediate value)' as it is null.",
  ],
  ['const [x] = ctx.args.nope ?? ctx.args.none;', '(intermediate value) is not iterable'],
  ['const x = [...ctx.args.nope];', '(intermediate value) is not iterable'],
  ['const x = (ctx.args.nope ?? ctx.args.none)();', '(intermediate value) is not a function'],
  ["const x = ctx.args['a' + ctx.args.given]();", 'ctx.args[(intermediate value)] is not a function'],
])('errors name none of the functions put into code: %s', (body, message) => {
  expect(valueIn('appsync', body)).toMatch(/^code\.js:\d+:\d+: TypeError: /);
  expect(String(valueIn('appsync', body)).split('TypeError: ')[1]).toBe(message);
});

describe('=== and !==', () => {
  it.each([
    ['undefined === null', true, false],
    ['undefined !== null', false, true],
    ['void 0 === null', true, false],
    ['ctx.args.nope === null', true, false],
    ['ctx.args.none === undefined', true, false],
    ['ctx.args.none !== undefined', false, true],
    ['ctx.args.none === void 0', true, false],
    ['null === ctx.args.nope', true, false],
    ['ctx.args.none === ctx.args.nope', true, false],
    ['ctx.args.none !== ctx.args.nope', false, true],
    ['(ctx.args.none) /* a */ === // b\n (ctx.args.nope)', true, false],
    ['[ctx.args.none === ctx.args.nope].map((x) => x === true)[0]', true, false],
    ['`${ctx.args.none === ctx.args.nope}`', 'true', 'false'],
    ['(ctx.args.none===ctx.args.nope)===ctx.args.x', false, false],
  ])('%s', (expression, appsync, plain) => {
    expect(both(`return ${expression};`)).toEqual({ appsync, plain });
  });

  it.each([
    ['ctx.args.given === ctx.args.given', true],
    ['ctx.args.given === ctx.args.none', false],
    ['ctx.args.given !== ctx.args.nope', true],
    ['ctx.args.given === "here"', true],
    ['ctx.args.none === ""', false],
    ['ctx.args.none === false', false],
    ['ctx.args.none === 0', false],
    ['ctx.args.list === ctx.args.list', true],
    ['[] === []', false],
    ['NaN === NaN', false],
    ['ctx.args.nope == null', true],
    ['"1" === 1', false],
    ['(() => { const undefined = "here"; return ctx.args.given === undefined; })()', true],
  ])('%s is %s in both', (expression, value) => {
    expect(both(`return ${expression};`)).toEqual({ appsync: value, plain: value });
  });
});

describe('??', () => {
  const counting = (expression: string) =>
    `const calls = []; const f = (x) => { calls.push(x); return x; }; const value = ${expression}; return { value, calls };`;

  it.each([
    ['ctx.args.given ?? f(1)', 'here', [1], []],
    ['ctx.args.none ?? f(1)', 1, [1], [1]],
    ['ctx.args.nope ?? f(1)', 1, [1], [1]],
    ['ctx.args.given ?? ctx.args.none ?? f(1)', 'here', [1], []],
    ['ctx.args.given ?? f(1) ?? f(2)', 'here', [1, 2], []],
    ['ctx.args.given ?? (ctx.args.given ?? f(1))', 'here', [1], []],
    ['ctx.args.given ?? { a: [f(1)] }', 'here', [1], []],
    ['ctx.args.given ?? `${f(1)}`', 'here', [1], []],
    ['ctx.args.given ?? [...f([1])]', 'here', [[1]], []],
    ['ctx.args.given/**/??/* ?? */(f(1))', 'here', [1], []],
    ['(ctx.args.given ?? f(1)) === (ctx.args.given ?? f(2))', true, [1, 2], []],
  ])('%s', (expression, value, appsync, plain) => {
    expect(both(counting(expression))).toEqual({
      appsync: { value, calls: appsync },
      plain: { value, calls: plain },
    });
  });

  it('raises the error on the right side though the left side is given', () => {
    expect(both("return ctx.args.given ?? util.error('missing');")).toEqual({
      appsync: 'missing',
      plain: 'here',
    });
  });

  it('reads members on the right side, which fails where there is nothing to read from', () => {
    expect(both('return ctx.args.given ?? ctx.args.none.member;')).toEqual({
      appsync: expect.stringMatching(/^code\.js:4:\d+: TypeError/),
      plain: 'here',
    });
  });

  it.each(['? :', '||', '&&'])('leaves %s to decide what is evaluated', (operator) => {
    const expressions: Record<string, string> = {
      '? :': 'ctx.args.given ? 1 : f(2)',
      '||': 'ctx.args.given || f(2)',
      '&&': 'ctx.args.none && f(2)',
    };
    const { appsync, plain } = both(counting(expressions[operator]!));

    expect(appsync).toEqual(plain);
    expect(appsync).toMatchObject({ calls: [] });
  });
});

describe('a compound assignment that is returned', () => {
  it.each([
    ['let text = "a"; return text += "b";', 'ab'],
    ['let n = 1; return n += 2;', 3],
    ['let n = 3; return n -= 2;', 1],
    ['let n = 3; return (n *= 2);', 6],
    ['const add = (n) => n += 2; return add(1);', 3],
    ['let n = 1; return n += ctx.args.none ?? [2][0];', 3],
  ])('%s', (body, plain) => {
    expect(both(body)).toEqual({ appsync: '', plain });
  });

  it('is carried out all the same', () => {
    const body = 'let n = 1; const add = () => { return n += 2; }; add(); return n;';

    expect(both(body)).toEqual({ appsync: 3, plain: 3 });
  });

  it.each([
    ['let n = 1; n += 2; return n;', 3],
    ['let n = 1; return n = 3;', 3],
    ['let n = 1; const m = (n += 2); return m;', 3],
    ['let n = 1; return [n += 2];', [3]],
    ['let n = null; return n ||= 2;', 2],
  ])('is left alone elsewhere: %s', (body, value) => {
    expect(both(body)).toEqual({ appsync: value, plain: value });
  });
});

describe('switch', () => {
  const choose = (expression: string) =>
    `switch (${expression}) { case 'a': return 'case'; default: return 'default'; }`;

  it.each(['ctx.args.map?.kind', 'ctx.args?.map.kind', '(ctx.args.map?.kind)'])(
    'comes to its default with %s',
    (expression) => {
      expect(both(choose(expression))).toEqual({ appsync: 'default', plain: 'case' });
    },
  );

  it('finds its case with a variable that an optional chain was put into', () => {
    const body = `const kind = ctx.args.map?.kind; ${choose('kind')}`;

    expect(both(body)).toEqual({ appsync: 'case', plain: 'case' });
  });

  it('evaluates the chain, once', () => {
    const body =
      'let n = 0; const f = () => { n += 1; return null; }; switch (f()?.x) { case 1: return -1; } return n;';

    expect(both(body)).toEqual({ appsync: 1, plain: 1 });
  });
});

describe('runtime.earlyReturn', () => {
  const error = { errorType: 'Code', message: 'Runtime Error', data: null, errorInfo: null };

  it.each([
    'runtime.earlyReturn();',
    'runtime.earlyReturn(null);',
    'runtime.earlyReturn(undefined);',
    "runtime.earlyReturn(ctx.args.nope, { skipTo: 'NEXT' });",
    'ctx.args.given && runtime.earlyReturn(null);',
    'const end = () => { runtime.earlyReturn(null); }; end();',
  ])('fails without a value: %s', (body) => {
    expect(evaluate('appsync', unit(body))).toEqual({ kind: 'raised', error });
    expect(evaluate('plain', unit(body))).toEqual({ kind: 'early', value: null, skipTo: 'NEXT' });
  });

  it.each(['{}', '[]', '""', '0', 'false'])('returns %s', (value) => {
    expect(evaluate('appsync', unit(`runtime.earlyReturn(${value});`))).toMatchObject({
      kind: 'early',
      value: JSON.parse(value),
    });
  });
});

it('tells the place of a failure within what was changed', () => {
  const text = `export function request(ctx) {
  const a = ctx.args.given ?? ctx.args.given; const b = a === ctx.args.none; return ctx.args.none.member === b;
}
export const response = (ctx) => ctx.result;
`;
  const at = text.split('\n')[1]!.indexOf('member') + 1;

  for (const javascript of ['appsync', 'plain'] as const) {
    expect(evaluate(javascript, text)).toMatchObject({
      error: { message: expect.stringContaining(`code.js:2:${at}: TypeError`) },
    });
  }
});

it('leaves loops over what was changed within their limits', () => {
  const body =
    'let n = 0; for (const x of ctx.args.none ?? [1, 2].concat([3])) { n += x; } for (const k in ctx.args.given ?? util.error("e")) { n += k; } return n;';

  expect(both(body).appsync).toBe('e');
  expect(valueIn('plain', body)).toBe('60123');
});
