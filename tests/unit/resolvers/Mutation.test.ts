import { describe, expect, it } from 'vitest';
import { ALICE, admin, alice, ANYBODY, apiKey, EVERYTHING, iam } from './callers.ts';
import { evaluate } from './evaluate.ts';

/* What the direct writes have in common: shared/write.ts. */
describe.each(['Mutation.putItem', 'Mutation.updateItem', 'Mutation.deleteItem'])('%s', (name) => {
  const begin = (input: object, identity: unknown = apiKey) =>
    evaluate(name, { identity, arguments: { input: { id: 'a', ...input } } });

  it.each([
    ['an API key', apiKey, ANYBODY],
    ['a user', alice, ALICE],
    ['an admin', admin, EVERYTHING],
    ['IAM', iam, EVERYTHING],
  ])('hands the rights of %s to its steps', (_, identity, caller) => {
    const { result, stash } = begin({ expectedVersion: 2 }, identity);

    expect(result).toEqual({});
    expect(stash).toEqual({
      id: 'a',
      caller,
      expectedVersion: 2,
      phase: 'write',
      current: null,
      answer: null,
    });
  });

  it('refuses a blank id', () => {
    expect(begin({ id: ' ' }).error).toMatchObject({ message: 'id is required', errorInfo: { field: 'id' } });
  });

  it('refuses a negative version', () => {
    expect(begin({ expectedVersion: -1 }).error).toMatchObject({
      message: 'expectedVersion is -1; it must be 0 (create only) or a version',
      errorInfo: { field: 'expectedVersion' },
    });
  });

  it.each([[{ id: 'a' }], [null]])('answers %j, which a step has kept', (answer) => {
    const { result } = evaluate(name, { prev: { result: {} }, stash: { answer, phase: 'done' } }, 'response');

    expect(result).toEqual(answer);
  });
});

describe('Mutation.updateItem', () => {
  const begin = (input: object) =>
    evaluate('Mutation.updateItem', { arguments: { input: { id: 'a', ...input } } });
  const members = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, n]));

  it('does not create', () => {
    expect(begin({ expectedVersion: 0 }).error).toMatchObject({
      errorType: 'BadRequest',
      errorInfo: { field: 'expectedVersion' },
    });
  });

  it('merges 150 members and no more', () => {
    expect(begin({ payload: members(150) }).error).toBeUndefined();
    expect(begin({ payload: members(151) }).error).toMatchObject({
      message: 'payload has 151 members to merge; at most 150 are allowed',
      errorInfo: { field: 'payload' },
    });
  });

  it('takes a longer list, which is not merged', () => {
    expect(begin({ payload: Array.from({ length: 500 }, () => 0) }).error).toBeUndefined();
  });
});

describe('Mutation.putValidatedItem', () => {
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
    ['Lambda:TooManyRequestsException', 'Throttled'],
    ['Lambda:Unhandled', 'InternalError'],
  ])('makes %s %s', (type, errorType) => {
    const { error } = evaluate('Mutation.putValidatedItem', { error: { type, message: 'm' } }, 'response');

    expect(error).toMatchObject({ errorType });
  });
});
