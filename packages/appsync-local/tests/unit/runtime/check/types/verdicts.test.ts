import { describe, expect, it } from 'vitest';
import { check } from '../../../../../src/runtime/check/check.ts';

const RESPONSE = '\nexport const response = (ctx) => ctx.result;';
const checkRequest = (body: string) => check(`export function request(ctx) { ${body} }${RESPONSE}`);

describe('what TypeScript says but nobody has seen AppSync say', () => {
  it.each([
    [
      'by a check that newer versions have',
      'const list = ctx.args.list; return [list.length] ?? [];',
      /^error TS2869: Right operand of \?\? is unreachable .* which one AppSync runs is not known\.$/,
    ],
    [
      'of JSDoc tags',
      '\n/** @param {string} other */\nfunction f(one) { return one; } return f(1);',
      /^error TS8024: JSDoc '@param' tag has name 'other', .* so closely is not known\.$/,
    ],
  ])('%s is a warning', (_, body, message) => {
    const { problems, warnings } = checkRequest(body);

    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
  });
});

describe('what TypeScript says comes with help', () => {
  it.each([
    [
      'for a name of Node.js',
      'return process.env.A;',
      "error TS2591: Cannot find name 'process'. Use ctx.env.",
    ],
    [
      'for a name of browsers',
      'return fetch("/");',
      "error TS2304: Cannot find name 'fetch'. Use an HTTP data source.",
    ],
    ['of its own', 'return ctxx;', "error TS2552: Cannot find name 'ctxx'. Did you mean 'ctx'?"],
  ])('%s', (_, body, message) => {
    const { problems } = checkRequest(body);

    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });
});

it('tells types, syntax and rules together, in the order of the code', () => {
  const { problems } = checkRequest('const s = util.toJson({}); for (;;) {} return s.nothing + nowhere;');

  expect(problems.map(({ message }) => message)).toEqual([
    "error TS2339: Property 'toJson' does not exist on type 'Util'.",
    '@aws-appsync/no-for: For statements are not supported.',
    "error TS2304: Cannot find name 'nowhere'.",
  ]);
});
