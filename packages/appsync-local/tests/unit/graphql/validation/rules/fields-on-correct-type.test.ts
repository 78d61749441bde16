import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

const POST = 'post(id: 1)';

it.each<[query: string, ...wrong: string[]]>([
  ['{ nope }', "FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'"],
  [
    `{ p: ${POST} { author { nope { deeper } } } }`,
    "FieldUndefined: Field 'nope' in type 'Author' is undefined @ 'post/author/nope'",
  ],
  ['{ any { name } }', "FieldUndefined: Field 'name' in type 'Any' is undefined @ 'any/name'"],
  [
    `{ ${POST} { ...F } } fragment F on Post { nope }`,
    "FieldUndefined: Field 'nope' in type 'Post' is undefined @ 'F/nope'",
  ],
  [
    '{ __type(name: "Post") { isOneOf } }',
    "FieldUndefined: Field 'isOneOf' in type '__Type' is undefined @ '__type/isOneOf'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
