import { expect, it } from 'vitest';
import { ANYBODY } from '../harness/callers.ts';
import { evaluate, NOW } from '../harness/evaluate.ts';

it('deletes under the condition of every direct write, and that nobody ever referred to it; a missing item passes', () => {
  const { result } = evaluate('pipeline/delete-item', {
    stash: { id: 'a', caller: ANYBODY, expectedVersion: null, phase: 'write' },
  });

  expect(result).toEqual({
    operation: 'DeleteItem',
    key: { id: { S: 'a' } },
    condition: {
      expression: [
        'attribute_not_exists(#kind)', // part: validated-items
        '(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now)',
        'attribute_not_exists(#owner)',
        'attribute_not_exists(#referenced)', // part: validated-items
      ].join(' AND '),
      expressionNames: {
        '#kind': 'kind', // part: validated-items
        '#expiresAt': 'expiresAt',
        '#owner': 'owner',
        '#referenced': 'referenced', // part: validated-items
      },
      expressionValues: { ':now': { N: NOW / 1000 } },
    },
  });
});
