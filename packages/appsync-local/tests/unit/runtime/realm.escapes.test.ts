import { expect, it } from 'vitest';
import { check } from '../../../src/runtime/check/check.ts';
import type { ContextInit } from '../../../src/runtime/runtime.types.ts';
import { unit } from './harness/evaluate.ts';
import { pathToHost } from './harness/host-objects.ts';
import { runUnchecked } from './harness/unchecked.ts';

/** Calls everything the realm offers, each with what `given` makes, and keeps what comes back or is thrown. */
const CALL_ALL = `
  const callAll = (tree, given) => {
    if (typeof tree === 'function') {
      try { found.push(tree(...given())); } catch (thrown) { found.push(thrown); }
      try { found.push(new tree(...given())); } catch (thrown) { found.push(thrown); }
    } else for (const name in tree) callAll(tree[name], given);
  };
  const EVERYTHING = { util, extensions, runtime, ddb, rds, console, JSON, Math, Number, Object, Array };`;

const HOOKS = `
  const hook = function (...given) { found.push(this, given, arguments); return 'a'; };
  const hooks = () => ({
    toString: hook, valueOf: hook, toJSON: hook, then: hook, call: hook, apply: hook, next: hook, return: hook,
    get a() { found.push(this, arguments); return 1; }, set a(value) { found.push(value); }, [hook]: hook,
  });`;

const OVERFLOW = (call: string, next = 'deeper()') => `
  let depth = 0;
  const deeper = () => { depth += 1; try { ${call}; ${next}; } catch (thrown) { found.push(thrown); } };
  deeper();
  found.push(depth);`;

/** Each puts whatever it gets hold of into \`found\`. */
const ESCAPES: Record<string, string> = {
  'everything there is by name': `found.push(globalThis, ctx, util, extensions, runtime, ddb, rds, console, JSON, Math, Number, Object, Array);`,
  'names the translation adds': `
    function f(a = host$modules) { return a; } found.push(f());
    for (const take of [() => host$take, () => host$takeKeys, () => host$endEarly, () => host$_modules]) try { found.push(take()); } catch (thrown) { found.push(thrown); }`,
  'escaped names the translation adds': `
    for (const take of [() => h\\u006fst$modules, () => h\\u{6f}st$take]) try { found.push(take()); } catch (thrown) { found.push(thrown); }`,
  constructors: `
    for (const value of [{}, [], '', 1, true, () => 1, ctx, ctx.info, util, util.error, [][0], \`\${1}\`]) try { found.push(value.constructor, value.constructor.constructor, value.constructor.constructor('return process')()); } catch (thrown) { found.push(thrown); }`,
  'errors of the language': `
    for (const fail of [() => null.x, () => nowhere, () => 'a'.nothing(), () => [].sort(() => 1), () => 'a'.replace('a', () => 1), () => [...1], () => { 'use strict'; ctx.x.y.z; }, () => JSON.stringify(1n), () => 'a'.concat(1n + 1), () => { const x = x; }])
      try { fail(); } catch (thrown) { found.push(thrown, thrown.constructor, thrown.stack, thrown.constructor.captureStackTrace); }`,
  'errors of helpers': `
    for (const fail of [() => util.error('a', 'b', {}, {}), () => util.unauthorized(), () => util.matches('(', 'a'), () => util.matches(1, 2), () => util.urlDecode('%'), () => runtime.earlyReturn({}), () => runtime.earlyReturn(1, { skipTo: 'x' }), () => rds.select({}), () => ddb.update({}), () => 'a'.replace('(', 'b'), () => 'a'.replace('\\\\p{Nothing}', 'b')])
      try { found.push(fail()); } catch (thrown) { found.push(thrown, thrown?.constructor, thrown?.stack); }`,
  'every helper without arguments': `${CALL_ALL} callAll(EVERYTHING, () => []);`,
  'every helper with text': `${CALL_ALL} callAll(EVERYTHING, () => ['2020-01-01T00:00:00Z', 'nfc', 'UTC']);`,
  'every helper with data': `${CALL_ALL} callAll(EVERYTHING, () => [{ key: { id: 'a' }, item: { a: [{}] }, update: { a: 1 }, query: { a: { eq: 1 } }, or: [{ a: { eq: 1 } }], constructor: 1, prototype: [] }, {}, []]);`,
  'every helper with hooks': `${HOOKS} ${CALL_ALL} callAll(EVERYTHING, () => [hooks(), [hooks()], hook]);`,
  'hooks that are logged and returned': `${HOOKS} console.log(hooks(), [hooks()]); ctx.stash.hooks = hooks(); return { deep: [hooks()], more: hooks() };`,
  'a thenable that is returned': `return { then: (...given) => { found.push(given); } };`,
  'hooks within errors': `${HOOKS} try { util.error(hooks(), hooks(), hooks(), hooks()); } catch (thrown) { found.push(thrown); } util.appendError(hooks(), hooks(), hooks(), hooks());`,
  'a hook that is thrown': `${HOOKS} throw { get name() { found.push(this, arguments); return hooks(); }, get message() { return hooks(); }, get stack() { found.push(this); return hooks(); }, ...hooks() };`,
  'stack traces': `
    try { null.x; } catch (thrown) {
      found.push(thrown);
      for (const owner of [thrown.constructor, thrown, globalThis]) try { owner.prepareStackTrace = (...given) => { found.push(given); return given; }; } catch (refused) { found.push(refused); }
      try { thrown.constructor.captureStackTrace(thrown, deeper => deeper); } catch (refused) { found.push(refused); }
      found.push(thrown.stack);
    }
    util.matches('(', 'a');`,
  'a stack used up in the realm': OVERFLOW('0'),
  'a stack used up at a helper': OVERFLOW(`util.urlEncode('a')`),
  'a stack used up while a helper copies': OVERFLOW(`util.dynamodb.toList([{ a: [{ b: 1 }] }])`),
  'a stack used up at a replacement': OVERFLOW(`'a'.replace('[a]', 'b')`),
  'a stack used up in a getter that a helper reads': OVERFLOW(
    '0',
    'util.transform.toDynamoDBFilterExpression({ get a() { return deeper(); } })',
  ),
  'functions that are not plain': `
    const kinds = [async () => 1, function* () { yield 1; }, async function* () { yield 1; }, class { static #a = 1; static a() { return this.#a; } }, { method() { return super.toString; } }.method, { get a() { return 1; } }];
    for (const kind of kinds) try { found.push(kind, kind.constructor, kind.prototype, kind()); } catch (thrown) { found.push(thrown); }
    for (const kind of kinds) try { found.push(kind.constructor('return process')()); } catch (thrown) { found.push(thrown); }
    (async () => { try { await null; await util.error('a'); } catch (thrown) { found.push(thrown); } })();`,
  'callers and callees': `
    found.push((function () { return [arguments, typeof new.target]; })());
    for (const name of ['callee', 'caller', 'arguments']) try { found.push((function () { return arguments[name]; })(), request[name]); } catch (thrown) { found.push(thrown); }
    function own() { try { return [own.caller, own.arguments]; } catch (thrown) { return thrown; } } found.push(own(), [1].map(own));`,
  'tagged templates': `const tag = (...given) => { found.push(given, given[0].raw); return tag; }; tag\`a\${tag}b\`; try { rds.sql\`a\${tag}\`; } catch (thrown) { found.push(thrown); }`,
  iterators: `
    const walk = { next: (...given) => { found.push(given); return { done: true }; } };
    for (const make of [() => [...walk], () => { for (const x of walk) found.push(x); }, () => { for (const x of 'a') found.push(x); }, () => { const [a, ...b] = [1, 2]; found.push(a, b); }, () => Math.max(...[1])]) try { found.push(make()); } catch (thrown) { found.push(thrown); }`,
  'callbacks of lists': `
    const seen = function (...given) { found.push(this, given); return true; };
    const long = []; for (const a of '0123456789') for (const b of '0123456789') for (const c of '0123456789') long.push(a, b, c);
    for (const list of [[1], long]) for (const name of ['map', 'filter', 'forEach', 'reduce', 'reduceRight', 'find', 'findLast', 'findIndex', 'findLastIndex', 'some', 'every', 'flatMap', 'sort']) try { found.push(list[name](seen)); } catch (thrown) { found.push(thrown); }`,
  'prototypes written in literals': `
    const made = { __proto__: ctx }; found.push(made, made.args, { __proto__: null }, { __proto__: util.error });
    for (const value of [ctx, util, [], '', 1]) try { value.__proto__ = {}; found.push(value.__proto__); } catch (thrown) { found.push(thrown); }
    ctx.stash.__proto__ = made; return made;`,
  'regular expressions and numbers without end': `found.push(/a/, /a/.exec?.('a'), 'a'.replace(/a/, 'b'), 1n);`,
  'what is copied for a direct resolver': `${HOOKS} ctx.stash.hooks = hooks(); ctx.arguments = hooks(); ctx.prev = hooks(); ctx.identity = hooks();`,
  'parts of the context': `found.push(ctx.request.domainName, ctx.info.fieldName, ctx.info.parentTypeName, ctx.info.selectionSetList, ctx.info.selectionSetGraphQL, ctx.info.variables, ctx.args, ctx.env, ctx.identity, ctx.source, ctx.request.headers);`,
};

/** A context in which all that EvaluateCode takes from outside is objects and lists. */
function OBJECTS(): ContextInit {
  const object = () => ({ list: [{ deep: [] }], constructor: { prototype: {} } }) as never;
  return {
    arguments: object(),
    identity: object(),
    source: object(),
    request: { headers: object(), domainName: object() },
    info: {
      fieldName: object(),
      parentTypeName: object(),
      variables: object(),
      selectionSetList: object(),
      selectionSetGraphQL: object(),
    },
    env: object(),
    stash: object(),
  };
}

it.each(Object.entries(ESCAPES))('gets hold of nothing of the server with %s', async (_what, body) => {
  const found = runUnchecked(`const found = ctx.stash.found = [];\n${body}`, OBJECTS());
  await new Promise(setImmediate);

  expect(pathToHost(found.ctx)).toBeUndefined();
  expect(JSON.stringify(found.evaluation)).not.toContain('is not valid JSON');
});

it('finds an object of the server where there is one', () => {
  const found = runUnchecked('ctx.stash.found = ctx.info;');
  (found.ctx as { stash: { leak: unknown } }).stash.leak = {};

  expect(pathToHost(found.ctx)).toBe('.stash.leak.[[Prototype]]');
});

it.each([
  "import('node:fs')",
  "import('node:fs').then",
  'import.meta',
  '(() => import("x"))()',
  '`${import("x")}`',
  '[1].map(() => import("x"))',
])('refuses %s, which V8 would hand to the server', (expression) => {
  const { problems } = check(unit(`return ${expression};`));

  expect(problems.map(({ message }) => message)).not.toEqual([]);
});
