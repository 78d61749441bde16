import { isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';

/** The AWS SDK has four attempts for DynamoDB; with three and their time-outs a table that does not answer costs ten seconds. */
const ATTEMPTS = 3;
/** Milliseconds before the second attempt, which grow and are drawn by chance: the AWS SDK's for DynamoDB. */
const FIRST_PAUSE_MS = 25;

type Errors = Parameters<typeof isTransientError>[0];

function kindOf(error: Errors): 'THROTTLING' | 'TRANSIENT' | 'CLIENT_ERROR' {
  if (isThrottlingError(error)) {
    return 'THROTTLING';
  }
  return isTransientError(error) ? 'TRANSIENT' : 'CLIENT_ERROR';
}

/**
 * Does something again where that may help, by the AWS SDK's standard strategy: throttling, HTTP 500 to 504 and broken
 * connections, until the attempts or the tokens that all calls share are used up.
 */
export function retries(): <T>(attempt: () => Promise<T>) => Promise<T> {
  const strategy = new StandardRetryStrategy({ maxAttempts: ATTEMPTS, baseDelay: FIRST_PAUSE_MS });
  return async (attempt) => {
    let token = await strategy.acquireInitialRetryToken('');
    for (;;) {
      try {
        const value = await attempt();
        strategy.recordSuccess(token);
        return value;
      } catch (error) {
        const errorType = kindOf(error as Errors);
        const next = await strategy.refreshRetryTokenForRetry(token, { errorType }).catch(() => null);
        if (!next) {
          throw error;
        }
        token = next;
      }
    }
  };
}
