import { describe, expect, it } from 'vitest';
import { asApiError, type ErrorEntry, failureOf } from '../src/api-error.ts';

describe('what helps against a failure', () => {
  it.each<[string, ErrorEntry, number, string]>([
    ['a refused API key, over HTTP', { errorType: 'UnauthorizedException' }, 401, 'credentials'],
    [
      'a signature that is too old, in the old form',
      { errorType: 'InvalidSignatureException' },
      403,
      'credentials',
    ],
    [
      'a signature that is too old',
      {
        errorType: 'BadRequestException',
        message:
          'Signature expired: 20261123T095459Z is now earlier than 20261123T095500Z (20261123T100000Z - 5 min.)',
      },
      400,
      'credentials',
    ],
    [
      'a signature of the future, in real time',
      { errorType: 'BadRequestException', errorCode: 400, message: 'Signature not yet current: 2026…' },
      0,
      'credentials',
    ],
    [
      'a signature that does not match, such as one by replaced credentials',
      { errorType: 'BadRequestException', message: 'The request signature we calculated does not match …' },
      400,
      'credentials',
    ],
    [
      'a malformed request',
      { errorType: 'BadRequestException', message: 'Missing operation name.' },
      400,
      'none',
    ],
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
    [
      'a write whose outcome nobody knows',
      { errorType: 'InternalError', errorInfo: { retryable: false } },
      0,
      'none',
    ],
    ['a race that was lost', { errorType: 'Conflict', errorInfo: { retryable: true } }, 0, 'retry'],
    ['a mistake of the API', { errorType: 'InternalError' }, 0, 'retry'],
    ['too many subscriptions', { errorType: 'MaxSubscriptionsReachedError' }, 0, 'retry'],
    ['too many messages', { errorType: 'LimitExceededError' }, 0, 'retry'],
    ['a query that is too deep', { errorType: 'QueryDepthLimitReached' }, 0, 'none'],
    ['a query with too many resolvers', { errorType: 'ResolverExecutionLimitReached' }, 0, 'none'],
    ['a busy table', { errorType: 'DynamoDB:ProvisionedThroughputExceededException' }, 0, 'retry'],
    ['a row that others write', { errorType: 'DynamoDB:TransactionConflictException' }, 0, 'retry'],
    ['a request that DynamoDB does not take', { errorType: 'DynamoDB:DynamoDbException' }, 0, 'none'],
    ['a busy function', { errorType: 'Lambda:TooManyRequestsException' }, 0, 'retry'],
    ['a function that is slow', { errorType: 'Lambda:ExecutionTimeoutException' }, 0, 'retry'],
    ['a function that fails', { errorType: 'Lambda:Unhandled' }, 0, 'retry'],
    ['a service that is down', {}, 503, 'retry'],
    ['too many requests', {}, 429, 'retry'],
    ['a request that came too slowly', {}, 408, 'retry'],
  ])('of %s', (_, entry, status, remedy) => {
    expect(failureOf([entry], status).remedy).toBe(remedy);
  });

  it.each<[string, ErrorEntry[], string]>([
    ['one that passes and one that stays', [{ errorType: 'Throttled' }, { errorType: 'BadRequest' }], 'none'],
    ['two that pass', [{ errorType: 'Throttled' }, { errorType: 'InternalError' }], 'retry'],
    [
      'one that passes and a null that it left',
      [{ message: 'Cannot return null for non-nullable type' }, { errorType: 'Throttled' }],
      'retry',
    ],
  ])('of several: %s', (_, errors, remedy) => {
    expect(failureOf(errors).remedy).toBe(remedy);
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

it('has the code of the first error', () => {
  expect(failureOf([{ errorType: 'BadRequest', errorInfo: { code: 'limit_out_of_range' } }]).code).toBe(
    'limit_out_of_range',
  );
  expect(failureOf([], 502).code).toBeNull();
});

it('waits as long as the API asks', () => {
  expect(failureOf([{ errorType: 'Throttled', errorInfo: { retryAfterMs: 250 } }]).retryAfterMs).toBe(250);
  expect(failureOf([{ errorType: 'Throttled', errorInfo: null }]).retryAfterMs).toBe(0);
});
