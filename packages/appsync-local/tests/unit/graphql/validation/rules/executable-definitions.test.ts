import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['type Mine { a: Int } { hello }', 'NonExecutableDefinition: The Mine definition is not executable.'],
  ['schema { query: Query } { hello }', 'NonExecutableDefinition: The schema definition is not executable.'],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
