import { type ApiError, asApiError } from './api-error.ts';
import { backOff, type BackOffOptions } from './back-off.ts';

export interface RetryOptions {
  signal?: AbortSignal;
  backOff?: BackOffOptions;
  /** Called with each failed attempt that will be retried. */
  onFailure?: (reason: ApiError) => void;
  /** Waits at most this long before the next attempt. Default: `sleep`, with the signal. */
  pause?: (ms: number) => Promise<void>;
}

/**
 * Retries until an attempt succeeds, or fails in a way that a retry cannot help.
 *
 * @throws ApiError of the last attempt, also when the signal ends the attempts
 */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  { signal, backOff: options, onFailure, pause = (ms) => sleep(ms, signal) }: RetryOptions = {},
): Promise<Result> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const reason = asApiError(error);
      if (reason.remedy !== 'retry' || signal?.aborted) {
        throw reason;
      }
      onFailure?.(reason);
      await pause(Math.max(backOff(attempts, options), reason.retryAfterMs));
    }
  }
}

/** Ends early, without an error, when the signal is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake);
    if (signal?.aborted) {
      wake();
    }
  });
}
