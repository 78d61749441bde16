import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['query ($a: Post) { hello(name: $a) }', 'NonInputTypeOnVariable: Wrong type for a variable'],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
