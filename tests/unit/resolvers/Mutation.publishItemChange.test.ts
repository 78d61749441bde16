import { expect, it } from 'vitest';
import { evaluate } from './harness/evaluate.ts';

it('answers what it was told, untouched', () => {
  const input = { type: 'CREATED', id: 'a', item: { id: 'a', payload: { n: 1 } }, previous: null };

  const { result } = evaluate('Mutation.publishItemChange', { arguments: { input } });

  expect(result).toEqual({ payload: input });
  expect(evaluate('Mutation.publishItemChange', { result: input }, 'response').result).toEqual(input);
});
