import { expect, it } from 'vitest';
import { ALICE, alice, ANYBODY, apiKey, EVERYTHING, iam } from './harness/callers.ts';
import { evaluate } from './harness/evaluate.ts';

const input = { id: 'a', kind: 'product', payload: { sku: 'x' } };

it.each([
  [apiKey, ANYBODY],
  [alice, ALICE],
  [iam, EVERYTHING],
])('invokes the Lambda function with the input and the rights of %j', (identity, caller) => {
  const { result } = evaluate('Mutation.putValidatedItem', { identity, arguments: { input } });

  expect(result).toEqual({
    operation: 'Invoke',
    payload: { operation: 'putValidatedItem', input, caller },
  });
});

it.each([
  [{ ...input, id: '' }, 'id'],
  [{ ...input, expectedVersion: -2 }, 'expectedVersion'],
])('refuses %j before the function starts', (wrong, field) => {
  const { error } = evaluate('Mutation.putValidatedItem', { arguments: { input: wrong } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field } });
});

it('raises the refusal that the function answers, with all it says', () => {
  const refusal = {
    errorType: 'ValidationFailed',
    message: 'm',
    data: null,
    errorInfo: { violations: [1] },
  };

  const { error } = evaluate('Mutation.putValidatedItem', { result: { error: refusal } }, 'response');

  expect(error).toEqual(refusal);
});

it('answers the item', () => {
  const { result } = evaluate('Mutation.putValidatedItem', { result: { item: { id: 'a' } } }, 'response');

  expect(result).toEqual({ id: 'a' });
});

it.each([
  ['Lambda:TooManyRequestsException', 'm', 'Throttled', { code: 'throttled', retryable: true }],
  ['Lambda:Unhandled', 'm', 'InternalError', { code: 'outcome_unknown', retryable: false }],
  [
    'Lambda:ExecutionTimeoutException',
    'Execution timed out.',
    'InternalError',
    { code: 'outcome_unknown', retryable: false },
  ],
  [
    'Lambda:AWSLambdaException',
    'not authorized (Service: Lambda, Status Code: 403, Request ID: 1)',
    'InternalError',
    { code: 'internal_error', retryable: true },
  ],
])('makes %s: %s %s', (type, message, errorType, errorInfo) => {
  const { error } = evaluate('Mutation.putValidatedItem', { error: { type, message } }, 'response');

  expect(error).toMatchObject({ errorType, errorInfo });
});
