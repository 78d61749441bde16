import { expect, it } from 'vitest';
import { evaluate } from './harness/evaluate.ts';

it('asks the Lambda function, which knows the kinds', () => {
  const { result } = evaluate('Query.itemKinds');

  expect(result).toEqual({ operation: 'Invoke', payload: { operation: 'itemKinds' } });
});

it('answers the kinds', () => {
  const { result } = evaluate('Query.itemKinds', { result: { kinds: [{ kind: 'product' }] } }, 'response');

  expect(result).toEqual([{ kind: 'product' }]);
});

it('raises an error that does not tell the cause', () => {
  const failure = { type: 'Lambda:Unhandled', message: 'secret' };

  const { error } = evaluate('Query.itemKinds', { error: failure }, 'response');

  expect(error).toMatchObject({ errorType: 'InternalError', message: 'internal error' });
});
