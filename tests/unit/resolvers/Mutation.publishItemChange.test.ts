import { expect, it } from 'vitest';
import { evaluate } from './harness/evaluate.ts';

it('answers what it was told, untouched, whatever its data source answers', () => {
  const input = { type: 'CREATED', id: 'a', item: { id: 'a', payload: { n: 1 } }, previous: null };
  const context = { arguments: { input } };

  expect(evaluate('Mutation.publishItemChange', context).result).toEqual({ payload: null });
  expect(evaluate('Mutation.publishItemChange', { ...context, result: null }, 'response').result).toEqual(
    input,
  );
});
