import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    'query A { hello } { hello }',
    'LoneAnonymousOperationViolation: Anonymous operation with other operations.',
  ],
  [
    '{ hello } query A { hello }',
    'LoneAnonymousOperationViolation: Operation A is following anonymous operation',
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
