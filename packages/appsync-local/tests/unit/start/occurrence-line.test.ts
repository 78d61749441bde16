import { expect, test } from 'vitest';
import { occurrenceLine } from '../../../src/start/occurrence-line.ts';

const place = { file: 'resolvers/pipeline/put-item.ts', line: 12, column: 3 };

test.each([
  [
    'an AppSync function',
    { title: 'AppSync function put-item', field: 'Mutation.putItem', requestId: 'r-1' },
    '(AppSync function put-item of Mutation.putItem, request r-1)',
  ],
  [
    'a resolver',
    { title: 'resolver Mutation.putItem', field: 'Mutation.putItem', requestId: 'r-1' },
    '(resolver Mutation.putItem, request r-1)',
  ],
  ['code that no request runs', { title: 'resolver Mutation.putItem' }, '(resolver Mutation.putItem)'],
])('the line of %s has file, field and request', (_, of, end) => {
  expect(occurrenceLine('INFO', { ...of, place, words: '"id" 1' })).toBe(
    `INFO - resolvers/pipeline/put-item.ts:12:3: "id" 1 ${end}`,
  );
});
