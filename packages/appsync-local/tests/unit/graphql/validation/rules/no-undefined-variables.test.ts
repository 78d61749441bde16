import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

const POST = 'post(id: 1)';

it.each<[query: string, ...wrong: string[]]>([
  ['{ hello(name: $nope) }', "UndefinedVariable: Undefined variable nope @ 'hello'"],
  [
    `{ ${POST} { ...F } } fragment F on Post { related(first: $nope) { id } }`,
    "UndefinedVariable: Undefined variable nope @ 'post/F/related'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
