import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['{ hello(nope: 1) }', "UnknownArgument: Unknown field argument nope @ 'hello'"],
  ['{ hello @skip(if: true, nope: 1) }', "UnknownDirective: Unknown directive argument nope @ 'hello'"],
  [
    '{ __type(name: "Post") { inputFields(includeDeprecated: true) { name } } }',
    "UnknownArgument: Unknown field argument includeDeprecated @ '__type/inputFields'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
