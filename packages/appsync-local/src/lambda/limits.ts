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
   * Processes per function that are started as soon as invocations find none free. @default one for each processor: more only compete
   * for them, each with a cold start of its own
   */
  environmentsAtOnce: number;
  /**
   * How long the first of the waiting invocations waits for a free process before another one is started, if a quarter of the processors'
   * time is idle, because functions wait for something themselves; one starts at a time. @default 250
   */
  patienceMs: number;
  /** Likewise, however busy the processors are: functions may wait for each other. @default 2,000 */
  longestPatienceMs: number;
  /** Processes per function in all; each takes 50 MB of memory or more. @default 10 */
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
  environmentsAtOnce: availableParallelism(),
  patienceMs: 250,
  longestPatienceMs: 2_000,
  environmentsPerFunction: 10,
  concurrencyPerFunction: 1_000,
  retryDelaysMs: [60_000, 120_000],
};
