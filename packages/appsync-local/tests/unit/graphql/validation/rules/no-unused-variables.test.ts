import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['query ($a: Int) { hello }', 'UnusedVariable: Unused variable a'],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
