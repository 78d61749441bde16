import { setTimeout as sleep } from 'node:timers/promises';
import type { Wake } from './wake.ts';

/** A signal may arrive before its write can be read, so an empty stream is polled again after these times. */
const LOOK_AGAIN_MS = [5, 20, 80];
/** Between polls of a stream that stays empty while other tables are written. */
const SHORTEST_WAIT_MS = 3;

/** Spaces the polls of an empty stream: soon after a signal, then less and less often, until the next signal. */
export class LookAgain {
  readonly #wake: Wake;
  readonly #idleMs: number;
  #looksSinceSignal = 0;
  #isSignalled = false;

  /** @param idleMs between polls of a stream without write signals */
  constructor(wake: Wake, idleMs: number) {
    this.#wake = wake;
    this.#idleMs = idleMs;
  }

  /** @param seen number of signals before the poll that found nothing */
  async wait(seen: number): Promise<void> {
    if (this.#isSignalled) {
      await sleep(SHORTEST_WAIT_MS);
    }
    await this.#wake.wait(seen, LOOK_AGAIN_MS[this.#looksSinceSignal] ?? this.#idleMs);
    this.#isSignalled = this.#wake.count() !== seen;
    this.#looksSinceSignal = this.#isSignalled ? 0 : this.#looksSinceSignal + 1;
  }
}
