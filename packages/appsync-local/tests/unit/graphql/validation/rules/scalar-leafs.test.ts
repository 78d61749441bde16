import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

const POST = 'post(id: 1)';

it.each<[query: string, ...wrong: string[]]>([
  [
    `{ ${POST} { author } }`,
    "SubSelectionRequired: Sub selection required for type Author of field author @ 'post/author'",
  ],
  ['{ posts }', "SubSelectionRequired: Sub selection required for type null of field posts @ 'posts'"],
  [
    '{ hello { x } }',
    "SubSelectionNotAllowed: Sub selection not allowed on leaf type String of field hello @ 'hello'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
