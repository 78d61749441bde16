import { expect, it } from 'vitest';
import { valueOf } from './harness/evaluate.ts';

const list = Array.from({ length: 2500 }, (_, index) => index);
const map = Object.fromEntries(list.map((index) => [`k${index}`, index]));

const loop = (body: string) => `(() => { let count = 0; ${body} return count; })()`;

it.each([
  ['for…of', loop('for (const x of ctx.args.list) { x; count += 1; }'), 1000],
  ['for…of over text', loop('for (const x of ctx.args.text) { x; count += 1; }'), 1000],
  ['for…in', loop('for (const key in ctx.args.map) { key; count += 1; }'), 1000],
  ['forEach', loop('ctx.args.list.forEach(() => { count += 1; });'), 1000],
  ['map', 'ctx.args.list.map((x) => x).length', 1000],
  ['filter', 'ctx.args.list.filter(() => true).length', 1000],
  ['flatMap', 'ctx.args.list.flatMap((x) => [x, x]).length', 2000],
  ['reduce', 'ctx.args.list.reduce((sum) => sum + 1, 0)', 1000],
  ['reduceRight', 'ctx.args.list.reduceRight((sum) => sum + 1, 0)', 1000],
  ['some', loop('ctx.args.list.some(() => { count += 1; return false; });'), 1000],
  ['every', loop('ctx.args.list.every(() => { count += 1; return true; });'), 1000],
  ['find', 'ctx.args.list.find((x) => x === 1000) ?? null', null],
  ['findIndex', 'ctx.args.list.findIndex((x) => x === 1000)', -1],
  ['findLast', 'ctx.args.list.findLast((x) => x === 1499) ?? null', null],
  ['findLastIndex', 'ctx.args.list.findLastIndex((x) => x === 1499)', -1],
])('ends %s silently after 1,000 iterations', (_name, expression, expected) => {
  const value = valueOf(expression, { arguments: { list, map, text: 'x'.repeat(2500) } });

  expect(value).toBe(expected);
});

it.each([
  ['find', 'ctx.args.list.find((x) => x === 999)', 999],
  ['findLast', 'ctx.args.list.findLast((x) => x === 1500)', 1500],
  ['findLastIndex', 'ctx.args.list.findLastIndex((x, index) => index === 1500)', 1500],
  ['reduceRight', 'ctx.args.list.reduceRight((last, x, index) => index, 0)', 1500],
])('reaches the 1,000th element with %s, at its own index', (_name, expression, expected) => {
  const value = valueOf(expression, { arguments: { list } });

  expect(value).toBe(expected);
});

it('counts nested loops each for itself', () => {
  const value = valueOf(
    loop(
      'for (const start of [0, 1000, 2000]) { for (const x of ctx.args.list.slice(start, start + 1000)) { x; count += 1; } }',
    ),
    { arguments: { list } },
  );

  expect(value).toBe(2500);
});

it('ends a loop over a list that grows with it', () => {
  const value = valueOf(loop('const grows = [1]; for (const x of grows) { grows.push(x); count += 1; }'));

  expect(value).toBe(1000);
});

it('keeps longer lists whole where nothing loops', () => {
  const value = valueOf(
    '[[...ctx.args.list].length, ddb.put({ key: {}, item: { list: ctx.args.list } }).attributeValues.list.L.length, ctx.args.list]',
    {
      arguments: { list },
    },
  );

  expect(value).toEqual([2500, 2500, list]);
});

it('walks the value of an expression in parentheses, and no keys of null', () => {
  const value = valueOf(
    loop(
      'for (const x of (0, [1, 2])) count += x; for (const key in (0, null)) count += key; for (const key in { a: 1 }) count += key.length;',
    ),
  );

  expect(value).toBe(4);
});
