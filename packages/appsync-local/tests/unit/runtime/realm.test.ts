import { expect, it } from 'vitest';
import { createRealm } from '../../../src/runtime/realm.ts';
import { createContext, load, unit, valueOf } from './harness/evaluate.ts';

it.each([
  '({})',
  '(() => 1)',
  '""',
  '[]',
  '(1)',
  'true',
  'util',
  '[util.error][0]',
  'ctx',
  'ctx.stash',
  '[[].map][0]',
  '[JSON][0]',
  'util.dynamodb.toMapValues({ a: 1 })',
  'util.dynamodb.toList([1]).L',
  'ctx.info',
])('leads nowhere from the constructor of %s', (expression) => {
  // Through a variable, so that the check cannot see it.
  const escaped = valueOf(
    `(() => { const value = ${expression}; return [value.constructor?.constructor, typeof value.constructor?.from]; })()`,
  );

  expect(escaped).toEqual([null, 'undefined']);
});

it.each([
  ...['padStart', 'repeat', 'localeCompare', 'charCodeAt', 'match', 'search', 'normalize', 'matchAll'].map(
    (name) => `"a".${name}`,
  ),
  ...['copyWithin', 'keys', 'entries', 'values', 'with', 'toSorted', 'toLocaleString'].map(
    (name) => `[1].${name}`,
  ),
  ...['hasOwnProperty', '__proto__', '__defineGetter__', 'isPrototypeOf'].map((name) => `({}).${name}`),
  ...['bind', 'call', 'apply', 'caller'].map((name) => `(() => 1).${name}`),
  '(1).toFixed',
])('has no %s', (expression) => {
  // Reached through a variable, so that the check cannot see it.
  const [object, name] = [expression.slice(0, expression.lastIndexOf('.')), expression.split('.').at(-1)];

  const type = valueOf(`[${object}].flat(0).reduce((found, value) => typeof value[ctx.args.name], '')`, {
    arguments: { name },
  });

  expect(type).toBe('undefined');
});

it('keeps the documented methods', () => {
  const value = valueOf(
    `[' a-b '.trim().toUpperCase().split('-'), 'abc'.includes('b'), [3, 1, 2].sort().concat([4]).join(), [1, [2]].flat(), Object.entries({ a: 1 }), \`\${[1, 2]}\`, (5).toString()]`,
  );

  expect(value).toEqual([['A', 'B'], true, '1,2,3,4', [1, 2], [['a', 1]], '1,2', '5']);
});

it.each([
  'util.autoId = 1',
  'JSON.parse = 1',
  '[].map.extra = 1',
  '[].constructor.prototype.extra = 1',
  'util.time.nowISO8601 = 1',
  'ddb.get = 1',
])('does not let %s change what other resolvers see', (assignment) => {
  const evaluation = load(unit(`${assignment};`)).request(createContext());

  expect(evaluation).toMatchObject({ kind: 'raised', error: { errorType: 'Code' } });
});

it('takes data with members named like methods of every object', () => {
  const value = valueOf(
    `{ copied: ctx.args.data, made: (() => { const made = {}; made.toString = 1; return made; })() }`,
    {
      arguments: { data: JSON.parse('{"toString":"a","valueOf":"b","__proto__":"c","constructor":"d"}') },
    },
  );

  expect(JSON.stringify(value)).toBe(
    '{"copied":{"toString":"a","valueOf":"b","__proto__":"c","constructor":"d"},"made":{"toString":1}}',
  );
});

it('hands out plain objects and lists of this process', () => {
  const value = valueOf('{ list: [{ a: 1 }] }') as { list: unknown[] };

  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.getPrototypeOf(value.list)).toBe(Array.prototype);
  expect(Object.getPrototypeOf(value.list[0])).toBe(Object.prototype);
});

it('keeps nothing of one context in another', () => {
  const module = load(
    unit('const seen = ctx.stash.seen; ctx.stash.seen = true; ctx.args.list.push(1); return seen ?? false;'),
  );
  const args = { list: [] };

  const values = [1, 2].map(() => module.request(createContext({ arguments: args })));

  expect(values).toEqual([
    { kind: 'returned', value: false },
    { kind: 'returned', value: false },
  ]);
  expect(args).toEqual({ list: [] });
});

it.each([
  ["'a.b.c'.replaceAll('.', '-')", '-----'],
  ["'a.b.c'.replaceAll('\\\\.', '-')", 'a-b-c'],
  ["'a1b22'.replaceAll('[0-9]+', '#')", 'a#b#'],
  ["'a-b-c'.replace('-', '+')", 'a+b-c'],
  ["'a1b2'.replace('(\\\\d)', '<$1>')", 'a<1>b2'],
])('reads the pattern of %s as Java does', (expression, expected) => {
  const value = valueOf(expression);

  expect(value).toBe(expected);
});

it.each([
  'Date',
  'Function',
  'Map',
  'Promise',
  'Reflect',
  'Symbol',
  'eval',
  'globalThis',
  'process',
  'console',
  'Intl',
])('has no global %s, even for code that no check has seen', (name) => {
  const type = createRealm().evaluate(`typeof ${name}`, 'test.js');

  expect(type).toBe('undefined');
});
