import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    '{ any { ... on Colour { x } } }',
    "InlineFragmentTypeConditionInvalid: Inline fragment type condition is invalid, must be on Object/Interface/Union @ 'any'",
  ],
  [
    '{ any { ...F } } fragment F on Colour { x }',
    "InlineFragmentTypeConditionInvalid: Fragment type condition is invalid, must be on Object/Interface/Union @ 'F'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
