import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    'query ($a: AWSDate = "x") { post(id: 1, date: $a) { id } }',
    "BadValueForDefaultArg: Bad default value StringValue{value='x'} for type AWSDate",
  ],
  [
    'query ($a: ID! = 1) { post(id: $a) { id } }',
    'DefaultForNonNullArgument: Missing value for non null type',
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
