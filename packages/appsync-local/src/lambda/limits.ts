import { availableParallelism } from 'node:os';

/** Bytes of a synchronous event: 6 MB ("Lambda quotas", AWS Lambda developer guide). */
export const SYNCHRONOUS_PAYLOAD_LIMIT = 6 * 1024 * 1024;

/** Bytes of a response: slightly more than 6 MB, the number in Lambda's `Function.ResponseSizeTooLarge`. */
export const ANSWER_LIMIT = 6_291_556;

/** Bytes of an asynchronous event: 1 MB ("Lambda quotas", AWS Lambda developer guide). */
export const ASYNCHRONOUS_PAYLOAD_LIMIT = 1024 * 1024;

/** Limits that a host may override; every time is in milliseconds. */
export interface HostLimits {
  /** The longest time for loading a function. @default 10,000 ("Lambda execution environment lifecycle", Init phase) */
  initTimeoutMs: number;
  /** How long an unused environment is kept. @default 300,000: Lambda promises no number, but some minutes are observed */
  idleMs: number;
  /**
   * Processes per function; further invocations wait for a free one, in order. @default two for each processor, at most 10:
   * more only wait for one another, each after a cold start and with 50 MB of memory or more. With 4 instead of 10 on two
   * processors, 250 calls 16 at a time take 3.1 instead of 3.8 s, the slowest 0.9 instead of 1.9 s (measured 2026-11-23).
   */
  environmentsPerFunction: number;
  /**
   * Concurrent invocations per function without its own reservation, beyond which Lambda throttles.
   * @default 1,000 ("Lambda quotas": concurrent executions)
   */
  concurrencyPerFunction: number;
  /** Waits before the second and third attempt at an event. @default one minute, two minutes ("How Lambda handles errors and retries with asynchronous invocation") */
  retryDelaysMs: readonly number[];
}

export const LAMBDA_LIMITS: HostLimits = {
  initTimeoutMs: 10_000,
  idleMs: 300_000,
  environmentsPerFunction: Math.min(10, 2 * availableParallelism()),
  concurrencyPerFunction: 1_000,
  retryDelaysMs: [60_000, 120_000],
};
