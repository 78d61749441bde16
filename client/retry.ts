import { backOff, type BackOffOptions } from './back-off.ts';
import { type ApiError, asApiError } from './failure.ts';

/**
 * Attempts something until it succeeds or fails of what another attempt does not help against.
 *
 * @param onFailure told of every attempt that failed and is followed by another one
 * @throws ApiError of the last attempt, also where the signal ends the attempts
 */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  {
    signal,
    backOff: options,
    onFailure,
  }: { signal?: AbortSignal; backOff?: BackOffOptions; onFailure?: (reason: ApiError) => void } = {},
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
      await sleep(Math.max(backOff(attempts, options), reason.retryAfterMs), signal);
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
