import { expect, it } from 'vitest';
import { admin, alice, apiKey, iam, user } from './callers.ts';
import { evaluate } from './evaluate.ts';
import { BROKEN, EXPIRED, LATER, stored, THROTTLED } from './stored.ts';

it('reads the item itself, consistently', () => {
  const { result } = evaluate('Query.getItem', { arguments: { id: 'a' } });

  expect(result).toEqual({ operation: 'GetItem', key: { id: { S: 'a' } }, consistentRead: true });
});

it.each([
  ['', 'id is required'],
  ['  ', 'id is required'],
  ['é'.repeat(1025), 'id has 2050 bytes; at most 2048 are allowed'],
])('refuses the id %j', (id, message) => {
  const { error } = evaluate('Query.getItem', { arguments: { id } });

  expect(error).toEqual({ message, errorType: 'BadRequest', data: null, errorInfo: { field: 'id' } });
});

it('takes an id of exactly 2,048 bytes', () => {
  const { error } = evaluate('Query.getItem', { arguments: { id: 'é'.repeat(1024) } });

  expect(error).toBeUndefined();
});

it.each([
  ['an API key', apiKey, undefined, true],
  ['an API key', apiKey, 'alice', false],
  ['a user', alice, 'alice', true],
  ['a user', alice, undefined, true],
  ['a user', alice, 'bob', false],
  ['a user of another group', user('bob', 'staff'), 'alice', false],
  ['an admin', admin, 'alice', true],
  ['IAM', iam, 'alice', true],
])('shows %s an item of %s: %s', (_, identity, owner, shown) => {
  const item = stored(owner ? { owner } : {});

  const { result } = evaluate('Query.getItem', { identity, result: item }, 'response');

  expect(result).toEqual(shown ? item : null);
});

it.each([
  ['a missing item', null, false],
  ['an expired item', stored({ expiresAt: EXPIRED }), false],
  ['an item with time left', stored({ expiresAt: LATER }), true],
])('answers %s with %s: null unless it is there', (_, result, shown) => {
  const evaluated = evaluate('Query.getItem', { identity: iam, result }, 'response');

  expect(evaluated.result).toEqual(shown ? result : null);
});

it('says when DynamoDB is throttling', () => {
  const { error } = evaluate('Query.getItem', { error: THROTTLED }, 'response');

  expect(error).toMatchObject({ errorType: 'Throttled', errorInfo: { retryAfterMs: 1000 } });
});

it('tells the cause of another failure to the log only', () => {
  const { error, logs } = evaluate('Query.getItem', { error: BROKEN }, 'response');

  expect(error).toEqual({
    message: 'internal error',
    errorType: 'InternalError',
    data: null,
    errorInfo: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  expect(logs).toEqual([expect.stringMatching(/^ERROR - .*secret cause/)]);
});
