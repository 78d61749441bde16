import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

const POST = 'post(id: 1)';

it.each<[query: string, ...wrong: string[]]>([
  [`{ ${POST} { ...Nope } }`, "UndefinedFragment: Undefined fragment Nope @ 'post'"],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
