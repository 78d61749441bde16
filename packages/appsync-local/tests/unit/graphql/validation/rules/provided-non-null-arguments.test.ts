import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['{ post { id } }', "MissingFieldArgument: Missing field argument id @ 'post'"],
  ['{ hello @skip }', "MissingDirectiveArgument: Missing directive argument if @ 'hello'"],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
