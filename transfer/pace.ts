import { setTimeout as sleep } from 'node:timers/promises';
import { CONTENTION, THROTTLING_EXCEPTIONS, THROTTLING_REASONS } from '../model/throttling.ts';
import { TransferFailure } from './transfer-failure.ts';

/** Errors and codes of an overloaded DynamoDB, also for a single statement (API reference, BatchStatementError). */
const THROTTLING: ReadonlySet<string> = new Set([
  'LimitExceededException',
  ...THROTTLING_EXCEPTIONS,
  ...THROTTLING_REASONS,
]);
/** Somebody must act before another call would help. */
const NOT_ALLOWED = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'InvalidSignatureException', // of a clock that is wrong
  'TokenProviderError',
  'UnrecognizedClientException',
]);

export const isThrottling = (code: string | undefined): boolean => THROTTLING.has(code ?? '');
export const isContention = (code: string | undefined): boolean => CONTENTION.includes(code ?? '');

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 10_000;
const STARTING_LIMIT = 8;
/** For errors other than throttling: a broken connection, a 500. */
const ATTEMPTS = 8;
/** After so long without any success, the cause is not load. */
const PATIENCE_MS = 600_000;

/**
 * Controls the number of concurrent calls: one more after each successful round, half as many after each throttled one, as in
 * TCP (RFC 5681). A throttled call waits for a random time up to a bound that doubles (Amazon Builders' Library, "Timeouts,
 * retries, and backoff with jitter").
 */
export class Pace {
  readonly #most: number;
  readonly #patienceMs: number;
  #limit: number;
  #running = 0;
  #throttled = 0;
  #lastCut = 0;
  #lastSuccess = Date.now();
  readonly #waiting: (() => void)[] = [];

  /** @param most concurrent calls, at least 1 */
  constructor(most: number, patienceMs = PATIENCE_MS) {
    this.#most = most;
    this.#patienceMs = patienceMs;
    this.#limit = Math.min(most, STARTING_LIMIT);
  }

  /** How often DynamoDB throttled. */
  get throttled(): number {
    return this.#throttled;
  }

  /** Calls that may run concurrently now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /**
   * Calls until there is a response.
   * @throws TransferFailure when DynamoDB cannot be reached, throttles every call or refuses access
   * @throws the error of the last attempt, when another one would not help
   */
  async call<T>(attempt: () => Promise<T>): Promise<T> {
    for (let round = 0; ; round += 1) {
      const outcome = await this.#once(attempt);
      if ('answer' in outcome) {
        return outcome.answer;
      }
      await this.#pauseAfter(outcome.error, round);
    }
  }

  /**
   * Waits after a response that was throttled in part.
   *
   * @param round counted from 0
   * @param since when some part last succeeded, or was first requested; epoch milliseconds
   * @throws TransferFailure when that is too long ago
   */
  async partlyThrottled(round: number, since: number): Promise<void> {
    this.#slowDown();
    this.#checkPatience(since);
    await pause(round);
  }

  async #once<T>(attempt: () => Promise<T>): Promise<{ answer: T } | { error: unknown }> {
    while (this.#running >= this.limit) {
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
    this.#running += 1;
    try {
      const answer = await attempt();
      this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit);
      this.#lastSuccess = Date.now();
      return { answer };
    } catch (error) {
      return { error };
    } finally {
      this.#running -= 1;
      for (const wake of this.#waiting.splice(0)) {
        wake();
      }
    }
  }

  async #pauseAfter(error: unknown, round: number): Promise<void> {
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if (isThrottling(name)) {
      this.#slowDown();
      this.#checkPatience(this.#lastSuccess);
    } else if (NOT_ALLOWED.has(name)) {
      throw ended('DynamoDB no longer allows the calls', error);
    } else if (isBroken(error, $metadata?.httpStatusCode)) {
      if (round + 1 >= ATTEMPTS) {
        throw ended('DynamoDB no longer answers', error);
      }
    } else if (round + 1 >= ATTEMPTS || !isContention(name)) {
      throw error;
    }
    await pause(round);
  }

  #checkPatience(since: number): void {
    if (Date.now() - since <= this.#patienceMs) {
      return;
    }
    throw new TransferFailure(
      `DynamoDB has throttled every call for ${this.#patienceMs / 60_000} minutes; run the same command again later`,
    );
  }

  /** At most once per 100 ms: concurrent calls are throttled together. */
  #slowDown(): void {
    this.#throttled += 1;
    const now = Date.now();
    if (now - this.#lastCut < 100) {
      return;
    }
    this.#lastCut = now;
    this.#limit = Math.max(1, this.#limit / 2);
  }
}

function ended(what: string, cause: unknown): TransferFailure {
  const { name, message, code } = cause as Error & { code?: string };
  const reason = `${message || code || name} (${name})`;
  return new TransferFailure(`${what}: ${reason}; fix that, then run the same command again`, {
    cause,
  });
}

/** It is unknown whether such a call was carried out, so calls must be repeatable. */
function isBroken(error: unknown, status: number | undefined): boolean {
  const { name, code } = error as Error & { code?: string };
  return (
    (status ?? 0) >= 500 ||
    name === 'TimeoutError' ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].includes(code ?? '')
  );
}

const pause = (round: number): Promise<void> =>
  sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(round, 20)));
