import { expect, it } from 'vitest';
import { problemsIn } from '../harness/problems.ts';

const refused = (method: string): string[] => [
  `@aws-appsync/no-disallowed-methods: Method ${method} is not implemented`,
];

it.each([
  ['a constant', "const s = 'abc'; return s.padStart(5);", 'String.padStart'],
  ['what a helper gives', 'return util.autoId().repeat(2);', 'String.repeat'],
  ['what a method gives', "return ctx.args.a.b + 'x'.trim().padEnd(3);", 'String.padEnd'],
  [
    'a parameter with a default',
    "const f = (a = '') => a.localeCompare('b'); return f();",
    'String.localeCompare',
  ],
  ['a list in a variable', 'const list = [1, 2]; return list.toString();', 'Array.toString'],
  ['a list that Object.keys gives', 'return Object.keys(ctx.args).entries();', 'Array.entries'],
])('refuses a method that AppSync lacks on %s', (_, body, method) => {
  expect(problemsIn(body)).toEqual(refused(method));
});

it.each([
  ['a value of any type', 'return ctx.args.name.padStart(5);'],
  ['a member of an object', 'const o = { padStart: (n) => n }; return o.padStart(5);'],
  ['an own method of keys', 'const o = { keys: () => 1 }; return o.keys();'],
])('says nothing of %s', (_, body) => {
  expect(problemsIn(body)).toEqual([]);
});
