/** How long to wait before a retry. */
export interface BackOffOptions {
  /** Upper bound of the first wait in milliseconds; it doubles with every attempt. Default: 500. */
  baseMs?: number;
  /** Upper bound of every wait in milliseconds. Default: 30,000. */
  capMs?: number;
}

/**
 * A random time below a bound that doubles with every attempt, so that clients that lost the same server do not return at the
 * same moment ("full jitter": AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param attempt 0 for the first
 * @returns milliseconds
 */
export function backOff(
  attempt: number,
  { baseMs = 500, capMs = 30_000 }: BackOffOptions = {},
  random: () => number = Math.random,
): number {
  return random() * Math.min(capMs, baseMs * 2 ** attempt);
}
