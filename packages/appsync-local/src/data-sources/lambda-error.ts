import type { LambdaResult } from '../lambda/lambda-result.ts';
import type { DataSourceError } from './data-source.ts';

type LambdaFailure = Exclude<LambdaResult, { kind: 'answer' }>;

/**
 * Milliseconds that AppSync waits for a data source: the limit of a whole GraphQL request (docs/facts/limits.md#request-time).
 * The function itself continues.
 */
export const LAMBDA_WAIT_MS = 30_000;

/** `ctx.error` after AppSync stopped waiting; seen on AWS without `unhandledErrorType` (aws/aws-appsync-community#386). */
export const WAITED_TOO_LONG: DataSourceError = executionTimedOut(null);

/** `ctx.error` of a failed invocation (docs/facts/lambda.md#lambda-unhandled). It does not include the function's stack trace. */
export function lambdaError(failure: LambdaFailure): DataSourceError {
  if (failure.kind === 'host-error') {
    return { type: `Lambda:${failure.type}`, message: failure.message };
  }
  if (failure.timedOut) {
    return executionTimedOut(failure.errorType);
  }
  return { type: 'Lambda:Unhandled', message: failure.errorMessage };
}

/**
 * The error of a direct Lambda resolver: like `lambdaError`, except that an exception keeps the name of its class
 * (docs/facts/resolvers.md#direct-lambda-error).
 */
export function directError(failure: LambdaFailure): DataSourceError {
  if (failure.kind === 'host-error' || failure.timedOut) {
    return lambdaError(failure);
  }
  return namedError(failure.errorType, failure.errorMessage);
}

/** An error with a name from the function; AppSync replaces the message of one name (docs/facts/resolvers.md#direct-lambda-error). */
export function namedError(type: string, message: string): DataSourceError {
  const fixed = type === 'UnauthorizedException' ? 'You are not authorized to make this call.' : message;
  return { type, message: fixed };
}

function executionTimedOut(unhandledErrorType: string | null): DataSourceError {
  return { type: 'Lambda:ExecutionTimeoutException', message: 'Execution timed out.', unhandledErrorType };
}
