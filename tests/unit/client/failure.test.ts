import { describe, expect, it } from 'vitest';
import { asApiError, type ErrorEntry, failureOf } from '../../../client/failure.ts';

describe('what helps against a failure', () => {
  it.each<[string, ErrorEntry, number, string]>([
    ['a refused API key, over HTTP', { errorType: 'UnauthorizedException' }, 401, 'credentials'],
    ['a signature that is too old', { errorType: 'InvalidSignatureException' }, 403, 'credentials'],
    ['a refused connection', { errorType: 'UnauthorizedException', errorCode: 401 }, 0, 'credentials'],
    [
      'a refused connection, in the old form',
      { errorType: 'com.amazonaws.deepdish.graphql.auth#UnauthorizedException', errorCode: 400 },
      0,
      'credentials',
    ],
    ['a field that is refused', { errorType: 'Unauthorized' }, 0, 'none'],
    ['an input that is wrong', { errorType: 'BadRequest' }, 0, 'none'],
    ['a query that is wrong', { message: 'Validation error' }, 0, 'none'],
    ['a throttled table', { errorType: 'Throttled', errorInfo: { retryAfterMs: 100 } }, 0, 'retry'],
    ['a mistake of the API', { errorType: 'InternalError' }, 0, 'retry'],
    ['too many subscriptions', { errorType: 'MaxSubscriptionsReachedError' }, 0, 'retry'],
    ['too many messages', { errorType: 'LimitExceededError' }, 0, 'retry'],
    ['a service that is down', {}, 503, 'retry'],
    ['too many requests', {}, 429, 'retry'],
  ])('of %s', (_, entry, status, remedy) => {
    expect(failureOf([entry], status).remedy).toBe(remedy);
  });

  it('of a network that is down', () => {
    expect(asApiError(new TypeError('fetch failed'))).toMatchObject({
      message: 'fetch failed',
      remedy: 'retry',
    });
  });
});

it('says what the API said, or what it answered with', () => {
  expect(failureOf([{ message: 'id is required', errorType: 'BadRequest' }]).message).toBe('id is required');
  expect(failureOf([], 502).message).toBe('the API answered with status 502');
});

it('waits as long as the API asks', () => {
  expect(failureOf([{ errorType: 'Throttled', errorInfo: { retryAfterMs: 250 } }]).retryAfterMs).toBe(250);
  expect(failureOf([{ errorType: 'Throttled', errorInfo: null }]).retryAfterMs).toBe(0);
});
