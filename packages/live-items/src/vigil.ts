import { alarm } from './alarm.ts';
import { ApiError, asApiError } from './api-error.ts';
import { retrying } from './retry.ts';
import type { ItemChange } from './types.ts';

export interface VigilOptions {
  /** How long the server may be silent before the log is asked, in milliseconds; Infinity: for ever. */
  silenceMs: number;
  /** Reads the log. @returns the changes that the connection should have delivered. @throws ApiError */
  ask(signal: AbortSignal): Promise<ItemChange[]>;
  /** The view can no longer be trusted: the connection is to be replaced. */
  doubt(reason: ApiError): void;
  /** A retry does not help. */
  failed(reason: ApiError): void;
}

/**
 * How long the answer to a question may take, repeats included, in milliseconds: as a share of the silence before it, and at least. With
 * 20 seconds of silence a dead network is known after 28, a timer that is late included after 30.
 */
const ANSWER_SHARE = 0.4;
const ANSWER_MS = 1_000;
/** How late a timer may be, in milliseconds. */
const LATE_MS = 2_000;
/** How long a change that is in the log may still be on its way, in milliseconds: on AWS it takes about a second (inferred). */
const DELIVERY_MS = 5_000;
/** How long a connection that did not deliver is kept before it is replaced again, in milliseconds. */
const REPLACED_MS = 60_000;
const BETWEEN_ATTEMPTS = { baseMs: 1_000, capMs: 2_000 };

/**
 * Keeps `live` true. A socket may be open and dead (after a sleep, in another network), and AppSync's keep-alive comes only once
 * a minute, so after `silenceMs` without a message it reads the log: an answer without news proves that the view is true, no answer
 * proves nothing, and news that the connection does not deliver either prove that the connection is dead.
 */
export class Vigil {
  readonly #options: VigilOptions;
  readonly #answerMs: number;
  /** When the view was last known to be true, in epoch milliseconds; Infinity: it is not watched. */
  #provenAt = Infinity;
  #replacedAt = -Infinity;
  #asking: AbortController | null = null;
  readonly #silence = alarm(() => this.#silent());
  readonly #delivery = alarm(() => this.#undelivered());

  constructor(options: VigilOptions) {
    this.#options = options;
    this.#answerMs = Math.max(ANSWER_MS, options.silenceMs * ANSWER_SHARE);
  }

  /** The view is true now. */
  begin(): void {
    this.#provenAt = Date.now();
    this.#schedule();
  }

  end(): void {
    this.#provenAt = Infinity;
    this.#asking?.abort();
    this.#asking = null;
    this.#silence.at(Infinity);
    this.#delivery.at(Infinity);
  }

  /** The server has sent a message: the connection is alive. */
  heard(): void {
    if (this.#provenAt < Infinity) {
      this.#provenAt = Date.now();
      this.#delivery.at(Infinity);
    }
  }

  /** Doubts at once if it has been too long since the view was known to be true: timers stand still while a machine sleeps. */
  check(): void {
    const unprovenMs = Date.now() - this.#provenAt;
    if (unprovenMs > this.#options.silenceMs + this.#answerMs + LATE_MS) {
      this.#doubt(
        new ApiError(`nothing was heard for ${Math.round(unprovenMs / 1000)} s: was it asleep?`, 'retry'),
      );
    }
  }

  #schedule(): void {
    this.#silence.at(this.#provenAt + this.#options.silenceMs);
  }

  #silent(): void {
    this.check();
    if (this.#provenAt === Infinity) {
      return;
    }
    if (Date.now() < this.#provenAt + this.#options.silenceMs) {
      return this.#schedule();
    }
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const since = this.#provenAt;
    const tooLate = setTimeout(() => asking.abort(), this.#answerMs);
    try {
      const news = await retrying(() => this.#options.ask(asking.signal), {
        signal: asking.signal,
        backOff: BETWEEN_ATTEMPTS,
      });
      if (this.#asking === asking) {
        this.#answered(news);
      }
    } catch (error) {
      if (this.#asking === asking) {
        this.#unanswered(asApiError(error), since, asking.signal.aborted);
      }
    } finally {
      clearTimeout(tooLate);
    }
  }

  #answered(news: readonly ItemChange[]): void {
    this.#asking = null;
    this.#provenAt = Date.now();
    if (news.length > 0 && Date.now() - this.#replacedAt >= REPLACED_MS) {
      this.#delivery.at(Date.now() + DELIVERY_MS);
    }
    this.#schedule();
  }

  #unanswered(reason: ApiError, since: number, isLate: boolean): void {
    this.#asking = null;
    if (reason.remedy !== 'retry') {
      return this.#options.failed(reason);
    }
    if (this.#provenAt > since) {
      return this.#schedule(); // The connection has spoken meanwhile.
    }
    const late = `the API did not answer within ${this.#answerMs} ms`;
    this.#doubt(isLate ? new ApiError(late, 'retry') : reason);
  }

  #undelivered(): void {
    this.#replacedAt = Date.now();
    this.#doubt(new ApiError('the connection does not deliver what the log has', 'retry'));
  }

  #doubt(reason: ApiError): void {
    this.end();
    this.#options.doubt(reason);
  }
}
