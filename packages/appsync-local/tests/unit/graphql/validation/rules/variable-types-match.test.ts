import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    'query ($a: String!) { post(id: $a) { id } }',
    "VariableTypeMismatch: Variable type 'String!' doesn't match expected type 'ID!' @ 'post'",
  ],
  [
    'query ($a: ID) { post(id: $a) { id } }',
    "VariableTypeMismatch: Variable type 'ID' doesn't match expected type 'ID!' @ 'post'",
  ],
  [
    'query ($a: Colour) { post(id: 1, colours: $a) { id } }',
    "VariableTypeMismatch: Variable type 'Colour' doesn't match expected type '[Colour]' @ 'post'",
  ],
  [
    'mutation ($a: Int) { createPost(input: {title: $a}) { id } }',
    "VariableTypeMismatch: Variable type 'Int' doesn't match expected type 'String!' @ 'createPost'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
