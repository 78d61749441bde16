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
      expression:
        'attribute_not_exists(#kind) AND (attribute_not_exists(#expiresAt) OR #expiresAt > :now) AND attribute_not_exists(#owner) AND attribute_not_exists(#referenced)',
      expressionNames: {
        '#kind': 'kind',
        '#expiresAt': 'expiresAt',
        '#owner': 'owner',
        '#referenced': 'referenced',
      },
      expressionValues: { ':now': { N: NOW / 1000 } },
    },
  });
});
