import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    '{ named { ...A } } fragment A on Named { name ...B } fragment B on Named { name ...A }',
    "FragmentCycle: Fragment cycles not allowed @ 'A'",
    "FragmentCycle: Fragment cycles not allowed @ 'B'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
