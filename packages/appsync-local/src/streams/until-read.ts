import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_READING_MS = 1_000;

/**
 * Retries once a second while DynamoDB cannot be reached.
 *
 * @param report called with the first failure
 * @returns null when the server stops
 */
export async function untilRead<T>(
  attempt: () => Promise<T>,
  stopping: AbortSignal,
  report: (error: Error) => void,
): Promise<T | null> {
  for (let failures = 0; !stopping.aborted; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (stopping.aborted) {
        return null;
      }
      if (failures === 0) {
        report(error as Error);
      }
      await sleep(RETRY_READING_MS, null, { signal: stopping }).catch(() => null);
    }
  }
  return null;
}
