/** How many requests are recorded. */
export interface SamplingLimits {
  /** Requests a second of which all are recorded, in the long run. */
  perSecond: number;
  /** How many may come at once and are all recorded. */
  atOnce: number;
  /** How many a second are recorded when more come. */
  underLoadPerSecond: number;
}

/** Seconds after the last request that was too many until all are recorded again. */
const LOAD_SECONDS = 5;

/**
 * Chooses the requests to record: all of them while somebody works by hand, a few a second under load. A recorded request costs more than twice the
 * CPU of another one (ADR 36), so a pause between two bursts of a load must not make room for many.
 */
export class Sampling {
  readonly #limits: SamplingLimits;
  /** Requests that came faster than `perSecond`. */
  #ahead = 0;
  #countedAt = performance.now();
  #chosenAt = -Infinity;

  constructor(limits: SamplingLimits) {
    this.#limits = limits;
  }

  /** Counts a request. @returns whether to record it */
  choose(): boolean {
    const now = performance.now();
    const { perSecond, atOnce, underLoadPerSecond } = this.#limits;
    const ahead = Math.max(0, this.#ahead - ((now - this.#countedAt) / 1000) * perSecond);
    this.#countedAt = now;
    this.#ahead = Math.min(ahead + 1, atOnce + LOAD_SECONDS * perSecond);
    if (this.#ahead > atOnce && now - this.#chosenAt < 1000 / underLoadPerSecond) {
      return false;
    }
    this.#chosenAt = now;
    return true;
  }
}
