import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    '{ hello } fragment F on Post { ...G } fragment G on Post { id }',
    'UnusedFragment: Unused fragment F',
    'UnusedFragment: Unused fragment G',
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
