import { describe, expect, it } from 'vitest';
import { typeCheck, typeCheckAll } from '../../../../../src/runtime/check/types/type-check.ts';

const DDB = "import * as ddb from '@aws-appsync/utils/dynamodb';\n";
const unit = (body: string): string =>
  `${DDB}export function request(ctx) { ${body} }\nexport const response = (ctx) => ctx.result;\n`;

/** `2345: Argument of type …`, one for each thing the checker says of a request handler's body. */
const saidOf = (body: string): string[] =>
  typeCheck(unit(body)).types.map(({ code, message }) => `${code}: ${message}`);

describe('the checker, as AppSync was recorded to run it, says', () => {
  it.each([
    [
      'that an element of a list has another shape (aws/aws-appsync-community#334)',
      'let b = [{ "a": 5 }]; b.push({ "b": 6 }); return { payload: b };',
      "2345: Argument of type '{ b: number; }' is not assignable to parameter of type '{ a: number; }'.\n  Property '\"a\"' is missing in type '{ b: number; }' but required in type '{ a: number; }'.",
    ],
    [
      'that a condition changes its operator (aws/aws-appsync-community#402)',
      'let q = { pk: { eq: "p" }, sk: { eq: "s" } }; if (ctx.args.x) { q.sk = { between: ["a", "b"] }; } return q;',
      "2741: Property 'eq' is missing in type '{ between: string[]; }' but required in type '{ eq: string; }'.",
    ],
    [
      'that ddb has no sync (localstack/appsync-utils, index.test.js)',
      'return ddb.sync({ limit: 10 });',
      "2339: Property 'sync' does not exist on type 'typeof import(\"/@aws-appsync/utils/dynamodb\")'.",
    ],
    [
      'that util lacks what VTL has',
      'return { payload: util.toJson({}) };',
      "2339: Property 'toJson' does not exist on type 'Util'.",
    ],
    [
      'that a helper is misspelt',
      'return { payload: util.time.nowIso() };',
      "2339: Property 'nowIso' does not exist on type 'TimeUtils'.",
    ],
    [
      'that a list of conditions is no subscription filter',
      'const filters = [{ fieldName: "owner", operator: "eq", value: ctx.args.a }]; extensions.setSubscriptionFilter({ filterGroup: [{ filters }] });',
      expect.stringMatching(/^2322: Type .* is not assignable to type 'SubscriptionFilterEntry\[\]'/),
    ],
    ['that a name is not there', 'return nowhere;', "2304: Cannot find name 'nowhere'."],
  ])('%s', (_, body, message) => {
    expect(saidOf(body)).toEqual([message]);
  });
});

describe('the checker has nothing to say of', () => {
  it.each([
    ['untyped parameters', 'const f = (a, b) => a.c + b.d; return f(ctx.args, ctx.stash);'],
    ['a list that begins empty (#334)', 'let b = []; b.push({ a: 5 }); b.push({ b: 6 }); return b;'],
    [
      'a list with a type in JSDoc (#334)',
      '\n/** @type {Record<string, number>[]} */\nlet b = [{ a: 5 }]; b.push({ b: 6 }); return b;',
    ],
    ['an object that grows', 'const o = {}; o.a = 1; o.b = "2"; return o;'],
    ['null for what is an object', 'let o = { a: 1 }; if (ctx.args.x) { o = null; } return o;'],
    [
      'Object.hasOwn, Object.entries and flatMap',
      'return Object.hasOwn(ctx.args, "a") && [1].flatMap((x) => [x]);',
    ],
    ['findLast, which the linter names', 'return [1, 2].findLast((x) => x > 1);'],
    ['console', 'console.log(1, "a"); console.error({}); return {};'],
    ['util, extensions and runtime without an import', 'util.autoId(); extensions; runtime.earlyReturn();'],
    [
      'code after an error is raised',
      'const { id } = ctx.args; if (!id) { util.error("no"); } return id.length;',
    ],
    [
      'a condition on an attribute that is not updated',
      'const { id, ...values } = ctx.args; return ddb.update({ key: { id }, update: { ...values, version: ddb.operations.increment(1) }, condition: { version: { eq: 1 } } });',
    ],
    [
      'a key beside an item of literals',
      'return ddb.put({ key: { id: util.autoId() }, item: { kind: "note", at: util.time.nowISO8601() } });',
    ],
    [
      'a filter and a query of literals',
      'return ddb.query({ index: "by", query: { pk: { eq: "a" }, sk: { beginsWith: "b" } }, filter: { or: [{ a: { gt: 1 } }, { b: { contains: "x" } }] }, limit: 10 });',
    ],
    [
      'a request of its own making',
      'return { operation: "GetItem", key: util.dynamodb.toMapValues({ id: 1 }) };',
    ],
  ])('%s', (_, body) => {
    expect(saidOf(body)).toEqual([]);
  });
});

it('stops at what is no JavaScript, with one finding for each diagnostic', () => {
  const { syntax, types } = typeCheck('export const a = {;\nexport const b = nowhere;');

  expect(syntax[0]).toEqual({ start: 18, length: 1, code: 1136, message: 'Property assignment expected.' });
  expect(types).toEqual([]);
});

it('does not take TypeScript for JavaScript', () => {
  const { syntax } = typeCheck('export function request(ctx: Context) { return ctx; }');

  expect(syntax).toEqual([
    expect.objectContaining({
      code: 8010,
      message: 'Type annotations can only be used in TypeScript files.',
      start: 29,
    }),
  ]);
});

it('says of code units together what it says of each alone', () => {
  // Both declare the same name; the second has the first one's fault in a function that is not called.
  const texts = [unit('return nowhere;'), unit('const x = 1; return x;'), unit('return { a: nowhere };')];

  const together = typeCheckAll(texts.map((text) => `${text}// together\n`));

  expect(together).toEqual(texts.map((text) => typeCheck(`${text}// each alone\n`)));
  expect(together.map(({ types }) => types.length)).toEqual([1, 0, 1]);
});

it('shows no path of this machine', () => {
  const said = [...saidOf('return ddb.none();'), ...saidOf('return util.none;')].join('\n');

  expect(said).not.toContain(process.cwd());
  expect(said).not.toContain('node_modules');
});
