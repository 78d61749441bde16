import { expect, it } from 'vitest';
import { admin, alice, apiKey, iam, user } from './harness/callers.ts';
import { evaluate } from './harness/evaluate.ts';
import { BROKEN, EXPIRED, LATER, stored, THROTTLED } from './harness/stored.ts';

it('reads the item itself, consistently', () => {
  const { result } = evaluate('Query.getItem', { arguments: { id: 'a' } });

  expect(result).toEqual({ operation: 'GetItem', key: { id: { S: 'a' } }, consistentRead: true });
});

it.each([
  ['an empty id', 'id_required', '', 'id is required'],
  ['a blank id', 'id_required', '  ', 'id is required'],
  ['an id that is too long', 'id_too_long', 'é'.repeat(1025), 'id has 2050 bytes; at most 2048 are allowed'],
])('refuses %s', (_, code, id, message) => {
  const { error } = evaluate('Query.getItem', { arguments: { id } });

  expect(error).toEqual({
    message,
    errorType: 'BadRequest',
    data: null,
    errorInfo: { code, retryable: false, field: 'id' },
  });
});

it('takes an id of exactly 2,048 bytes', () => {
  const { error } = evaluate('Query.getItem', { arguments: { id: 'é'.repeat(1024) } });

  expect(error).toBeUndefined();
});

it.each([
  ['an API key', 'nobody', true, apiKey],
  ['an API key', 'alice', false, apiKey],
  ['a user', 'alice', true, alice],
  ['a user', 'nobody', true, alice],
  ['a user', 'bob', false, alice],
  ['a user of another group', 'alice', false, user('bob', 'staff')],
  ['an admin', 'alice', true, admin],
  ['IAM', 'alice', true, iam],
])('shows %s an item of %s: %s', (_, owner, shown, identity) => {
  const item = stored(owner === 'nobody' ? {} : { owner });

  const { result } = evaluate('Query.getItem', { identity, result: item }, 'response');

  expect(result).toEqual(shown ? item : null);
});

it.each([
  ['a missing item', false, null],
  ['an expired item', false, stored({ expiresAt: EXPIRED })],
  ['an item with time left', true, stored({ expiresAt: LATER })],
])('shows %s: %s', (_, shown, result) => {
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
    errorInfo: {
      code: 'internal_error',
      retryable: true,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  });
  expect(logs).toEqual([expect.stringMatching(/^ERROR - .*secret cause/)]);
});
