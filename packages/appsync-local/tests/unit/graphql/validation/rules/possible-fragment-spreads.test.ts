import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

const POST = 'post(id: 1)';

it.each<[query: string, ...wrong: string[]]>([
  [
    `{ ${POST} { ... on Tag { name } } }`,
    "InvalidFragmentType: Fragment cannot be spread here as objects of type Post can never be of type Tag @ 'post'",
  ],
  [
    `{ ${POST} { ...F } } fragment F on Tag { name }`,
    "InvalidFragmentType: Fragment F cannot be spread here as objects of type Post can never be of type Tag @ 'post'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
