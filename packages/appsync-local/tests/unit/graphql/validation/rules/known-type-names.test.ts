import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['{ any { ... on Nope { x } } }', "UnknownType: Unknown type Nope @ 'any'"],
  ['query ($a: Nope) { hello(name: $a) }', 'UnknownType: Unknown type Nope'],
  ['{ any { ...F } } fragment F on Nope { x }', "UnknownType: Unknown type Nope @ 'F'"],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
