import { expect, it } from 'vitest';
import { problemsIn, problemsOf } from './harness/problems.ts';

const RULE = '@aws-appsync/no-disallowed-re-assignment';

it.each([
  ['the context', 'ctx = {};', 'ctx is readonly and re-assignment is not supported.'],
  ['a member', 'ctx.stash = {};', 'ctx is readonly. Adding/Updating stash is not supported.'],
  ['a new member', 'ctx.more = 1;', 'ctx is readonly. Adding/Updating more is not supported.'],
  ['a member by text', "ctx['args'] = 1;", 'ctx is readonly. Adding/Updating args is not supported.'],
  ['a member by deleting it', 'delete ctx.args;', 'ctx is readonly. Adding/Updating args is not supported.'],
  [
    'a member by a loop',
    'for (ctx.args of []) { ctx; }',
    'ctx is readonly. Adding/Updating args is not supported.',
  ],
])('refuses to change %s', (_name, body, message) => {
  const problems = problemsIn(body);

  expect(problems).toEqual([`${RULE}: ${message}`]);
});

it('refuses it in a handler exported under another name', () => {
  const code = 'const handle = (c) => { c.args = 1; }; export { handle as request };';

  const problems = problemsOf(code);

  expect(problems).toEqual([`${RULE}: c is readonly. Adding/Updating args is not supported.`]);
});

it.each([
  'ctx.stash.a = 1;',
  'ctx.args.input.x = 1;',
  'delete ctx.stash.a;',
  'const a = {}; a[ctx.args.id] = 1;',
])('takes %s', (body) => {
  const problems = problemsIn(body);

  expect(problems).toEqual([]);
});
