import { describe, expect, it } from 'vitest';
import { CodeRefused } from '../../../src/runtime/code-refused.ts';
import type { Occurrence } from '../../../src/runtime/console-log.ts';
import { createRuntime, type RuntimeOptions } from '../../../src/runtime/runtime.ts';
import { contextInit, createContext, load, run, unit, valueOf } from './harness/evaluate.ts';

const codeError = (message: string) => ({
  kind: 'raised',
  error: { message, errorType: 'Code', data: null, errorInfo: null },
});

it('refuses code that AppSync refuses, with every problem and a message of one line', () => {
  const refusal = (() => {
    try {
      load('export function request(ctx) { throw ctx; }');
    } catch (error) {
      return error as CodeRefused;
    }
    return undefined;
  })();

  expect(refusal).toBeInstanceOf(CodeRefused);
  expect(refusal?.problems).toHaveLength(2);
  expect(refusal?.message).toBe(
    'AppSync would refuse the code of resolver Query.getItem: code.js:1:1: The code must export a function named "response". (and 1 more)',
  );
});

it.each([
  [
    'a failing line',
    'const a = null; const b = a.c;',
    'Top-level code failed: code.js:1:29: TypeError: Cannot read',
  ],
  ['util.error', "util.error('no');", 'Top-level code ended early: no'],
  ['util.appendError', "util.appendError('no');", 'util.appendError can be called only while a handler runs'],
])('refuses %s at the top level', (_name, line, message) => {
  const code = `${line}\nexport function request(ctx) {}\nexport function response(ctx) {}`;

  expect(() => load(code)).toThrow(message);
});

it('refuses a handler that is no function', () => {
  const code = 'export const request = 1; export function response(ctx) {}';

  expect(() => load(code)).toThrow('"request" is exported but is not a function.');
});

it.each([
  ['declarations', 'export function request(c) { return 1; }\nexport const response = (c) => 2;'],
  ['a list', 'const a = (c) => 1; function b(c) { return 2; } export { a as request, b as response };'],
  [
    'a list with a default',
    'const x = (c) => 1; var y = { a: 1 };\nconst r = (c) => 2;\nexport { y as default, x as request, r as response };',
  ],
  [
    'a default export',
    'export default { a: 1 }; export const request = (c) => 1; export const response = (c) => 2;',
  ],
  [
    'a default function',
    'export default () => 0;\nexport const request = (c) => 1; export const response = (c) => 2;',
  ],
])('finds handlers exported by %s', (_name, code) => {
  const module = load(code);

  const values = [module.request(createContext()), module.response(createContext())];

  expect(values).toEqual([
    { kind: 'returned', value: 1 },
    { kind: 'returned', value: 2 },
  ]);
});

it('imports under other names, and whole modules', () => {
  const module = load(
    `import { util as u } from '@aws-appsync/utils';
     import * as all from '@aws-appsync/utils';
     import { get as read } from '@aws-appsync/utils/dynamodb';
     const util = 'my own';
     export const request = (ctx) => [u.math.roundNum(1.5), all.util.math.roundNum(2.5), read({ key: { id: 1 } }), util];
     export const response = (ctx) => null;`,
  );

  const evaluation = module.request(createContext());

  expect(evaluation).toEqual({
    kind: 'returned',
    value: [2, 3, { operation: 'GetItem', key: { id: { N: 1 } } }, 'my own'],
  });
});

it('runs top-level code once', () => {
  const module = load(
    'const list = []; list.push(1);\nexport const request = (ctx) => list; export const response = (ctx) => list;',
  );

  const values = [module.request(createContext()), module.request(createContext())];

  expect(values).toEqual([
    { kind: 'returned', value: [1] },
    { kind: 'returned', value: [1] },
  ]);
});

it('drops undefined members, keeps null, and gives null for undefined and for numbers JSON lacks', () => {
  const values = [
    valueOf('{ a: undefined, b: null, c: [undefined], d: NaN, e: 1 / 0, f: 0, g: "" }'),
    valueOf('undefined'),
  ];

  expect(values).toEqual([{ b: null, c: [null], d: null, e: null, f: 0, g: '' }, null]);
});

it('names a value that refers to itself', () => {
  const evaluation = run('const a = {}; a.a = a; return a;');

  expect(evaluation).toEqual(
    codeError('code.js:0:0: The value refers to itself or is nested too deeply to become JSON'),
  );
});

it('hands the context to every handler of a run', () => {
  const context = createContext({ arguments: { id: 'a' }, env: { TABLE: 't' } });
  load(unit('ctx.stash.first = ctx.args.id; return { made: 1 };')).request(context);
  context.setPrevious({ made: 1 });
  context.setOutcome({ id: 'a' }, { type: 'T', message: 'm' });
  const module = load(
    'export function request(ctx) {}\nexport const response = (ctx) => ({ stash: ctx.stash, prev: ctx.prev, result: ctx.result, error: ctx.error, env: ctx.env, same: ctx.args === ctx.arguments, outErrors: ctx.outErrors });',
  );

  const evaluation = module.response(context);

  expect(evaluation).toEqual({
    kind: 'returned',
    value: {
      stash: { first: 'a' },
      prev: { result: { made: 1 } },
      result: { id: 'a' },
      error: { type: 'T', message: 'm' },
      env: { TABLE: 't' },
      same: true,
      outErrors: [],
    },
  });
});

it('starts a request handler without result and error', () => {
  const context = createContext();
  context.setOutcome({ id: 'a' }, { type: 'T', message: 'm' });

  const evaluation = load(unit('return [ctx.result, ctx.error, ctx.prev];')).request(context);

  expect(evaluation).toEqual({ kind: 'returned', value: [null, null, null] });
});

it('shows the selection set when asked for it and not in JSON', () => {
  const value = valueOf(
    '[ctx.info.selectionSetList, ctx.info.selectionSetGraphQL, JSON.parse(JSON.stringify(ctx.info)), ctx.info]',
  );

  const shown = { fieldName: 'getItem', parentTypeName: 'Query', variables: {} };
  expect(value).toEqual([['id'], '{\n  id\n}', shown, shown]);
});

it('has nothing of its own making in ctx', () => {
  const value = valueOf('[ctx, ctx.info].map((part) => [Object.keys(part), typeof part.constructor])');

  expect(value).toEqual([
    [
      [
        'arguments',
        'identity',
        'source',
        'result',
        'error',
        'prev',
        'stash',
        'request',
        'info',
        'env',
        'outErrors',
      ],
      'undefined',
    ],
    [['fieldName', 'parentTypeName', 'variables'], 'undefined'],
  ]);
});

it('gives a direct Lambda resolver the whole context', () => {
  const context = createContext({ arguments: { id: 'a' }, source: { b: 1 } });
  load(unit('ctx.stash.c = 2;')).request(context);
  context.setPrevious('before');

  const event = context.toJSON();

  expect(event).toEqual({
    arguments: { id: 'a' },
    identity: null,
    source: { b: 1 },
    request: { headers: {}, domainName: null },
    prev: { result: 'before' },
    info: contextInit().info,
    stash: { c: 2 },
  });
});

it('raises util.error with null for what was not given', () => {
  const evaluations = [run("util.error('m');"), run("util.error('m', 'T', { a: [1] }, { b: 2 });")];

  expect(evaluations).toEqual([
    { kind: 'raised', error: { message: 'm', errorType: null, data: null, errorInfo: null } },
    { kind: 'raised', error: { message: 'm', errorType: 'T', data: { a: [1] }, errorInfo: { b: 2 } } },
  ]);
});

it('raises util.unauthorized', () => {
  const evaluation = run('util.unauthorized();');

  expect(evaluation).toEqual({
    kind: 'raised',
    error: {
      message: 'Unauthorized',
      errorType: 'Unauthorized',
      data: null,
      errorInfo: null,
      unauthorized: true,
    },
  });
});

it('appends errors and goes on', () => {
  const context = createContext();

  const evaluation = load(unit("util.appendError('m', 'T', 1, { a: 2 }); return ctx.outErrors;")).request(
    context,
  );

  const appended = [{ message: 'm', errorType: 'T', data: 1, errorInfo: { a: 2 } }];
  expect(evaluation).toEqual({ kind: 'returned', value: appended });
  expect(context.appendedErrors).toEqual(appended);
});

it.each([
  ['runtime.earlyReturn({ a: 1 })', { kind: 'early', value: { a: 1 }, skipTo: 'NEXT' }],
  ["runtime.earlyReturn([1], { skipTo: 'END' })", { kind: 'early', value: [1], skipTo: 'END' }],
  ["runtime.earlyReturn([1], { skipTo: 'NEXT' })", { kind: 'early', value: [1], skipTo: 'NEXT' }],
])('evaluates %s', (call, expected) => {
  const evaluation = run(`${call}; return 'never';`);

  expect(evaluation).toEqual(expected);
});

it.each([
  [
    'a missing member',
    'return ctx.args.a.b;',
    "code.js:4:19: TypeError: Cannot read properties of undefined (reading 'b')",
  ],
  [
    'a missing method',
    '  return ctx.args.list.padStart(1);',
    'code.js:4:24: TypeError: ctx.args.list.padStart is not a function',
  ],
  [
    'a name before its declaration',
    'return [a]; const a = 1;',
    "code.js:4:9: ReferenceError: Cannot access 'a' before initialization",
  ],
  [
    'a helper called wrongly',
    'return util.urlEncode(1);',
    'code.js:4:13: util.urlEncode takes a string, not 1',
  ],
  [
    'a loop over what is no list',
    'for (const x of ctx.args.no) x;',
    'code.js:4:17: TypeError: undefined is not iterable',
  ],
  [
    'a line after a loop',
    'for (const x of [1]) { x.y.z; }',
    "code.js:4:28: TypeError: Cannot read properties of undefined (reading 'z')",
  ],
  [
    'a callback',
    'return [1, 2].map((x) => x.y.z);',
    "code.js:4:30: TypeError: Cannot read properties of undefined (reading 'z')",
  ],
])('reports %s at its place in the uploaded code', (_name, body, message) => {
  const evaluation = run(body, { arguments: { list: 'text' } });

  expect(evaluation).toEqual(codeError(message));
});

it('reports places in code with imports over several lines as uploaded', () => {
  const module = load(
    'import {\n  util,\n} from "@aws-appsync/utils";\nexport function request(ctx) { return ctx.args.a.b; }\nexport { response };\nfunction response(ctx) { return util[ctx.args.none](); }',
  );

  const messages = [module.request(createContext()), module.response(createContext())];

  expect(messages).toEqual([
    codeError("code.js:4:50: TypeError: Cannot read properties of undefined (reading 'b')"),
    codeError('code.js:6:52: TypeError: util[ctx.args.none] is not a function'),
  ]);
});

it('logs as EvaluateCode does', () => {
  const lines: [string, string][] = [];
  const options = { log: (level: string, text: string) => void lines.push([level, text]) };
  const runtime = createRuntime(options);
  const body =
    "  console.log('current id', { a: 1 }, undefined, null);\n  for (const x of [1]) { console.error(x); }\n  console.debug();";
  const module = runtime.load({ logicalId: 'Code', title: 't', text: unit(body) });

  module.request(runtime.createContext(contextInit()));

  expect(lines).toEqual([
    ['INFO', 'INFO - code.js:4:3: "current id" {"a":1} undefined null'],
    ['ERROR', 'ERROR - code.js:5:26: 1'],
    ['DEBUG', 'DEBUG - code.js:6:3:'],
  ]);
});

describe('in the terms of the author', () => {
  const file = 'resolvers/Mutation.putItem.ts';
  // The fourth line of the code leads to the fourteenth of the file.
  const sourceMap = {
    read: () => JSON.stringify({ version: 3, names: [], sources: [`../${file}`], mappings: ';;;AAaA' }),
  };
  const load = (body: string, options: RuntimeOptions) => {
    const runtime = createRuntime(options);
    const title = 'resolver Mutation.putItem';
    const module = runtime.load({ logicalId: 'Code', title, text: unit(body), sourceMap });
    const context = runtime.createContext({ ...contextInit(), requestId: 'request-1' });
    return () => module.request(context);
  };
  const where = {
    title: 'resolver Mutation.putItem',
    place: { file, line: 14, column: 1 },
    field: `${contextInit().info.parentTypeName}.${contextInit().info.fieldName}`,
    requestId: 'request-1',
  };

  it('tells where a line was logged, and for which request', () => {
    const seen: Occurrence[] = [];

    load("  console.log('id', 1);", { log: (_level, _text, occurrence) => seen.push(occurrence()) })();

    expect(seen).toEqual([{ ...where, words: '"id" 1' }]);
  });

  it('tells where an exception was thrown, and nothing of an error that is raised', () => {
    const seen: Occurrence[] = [];
    const options = { threw: (occurrence: Occurrence) => void seen.push(occurrence) };

    load('  return ctx.missing.member;', options)();
    load("  util.error('no', 'No');", options)();

    expect(seen).toEqual([
      { ...where, words: expect.stringMatching(/^TypeError: Cannot read properties of /) },
    ]);
  });
});

it('gives an empty text for JSON that is not valid', () => {
  const value = valueOf("[JSON.parse('{'), JSON.parse('{\"a\":1}')]");

  expect(value).toEqual(['', { a: 1 }]);
});

it('survives a handler that calls itself through data', () => {
  const evaluation = run('const o = { f: (x) => x.f(x) }; return o.f(o);');

  expect(evaluation).toMatchObject({
    error: { message: expect.stringContaining('RangeError: Maximum call stack') },
  });
});

it('forgets the context when a handler is done', () => {
  const runtime = createRuntime();
  const code = (text: string) => ({ logicalId: 'Code', title: 't', text });
  runtime.load(code(unit('return 1;'))).request(runtime.createContext(contextInit()));

  const attempt = () => runtime.load(code(`util.appendError('m');\n${unit('return 1;')}`));

  expect(attempt).toThrow('util.appendError can be called only while a handler runs');
});

it('places a failure of top-level code', () => {
  const attempt = () => load(`const a = null;\nconst b = a.c;\n${unit('return 1;')}`);

  expect(attempt).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ line: 2, column: 13 })] }),
  );
});
