import { setTimeout as sleep } from 'node:timers/promises';
import type { Wake } from './wake.ts';

/** A signal may come before the write it stands for can be read, so an empty stream is looked at again after these. */
const LOOK_AGAIN_MS = [5, 20, 80];
/** Between looks at a stream that stays empty while other tables are written to. */
const SHORTEST_WAIT_MS = 3;

/** Spaces the looks at a stream that was found empty: soon after a signal, then less and less often, until the next signal. */
export class LookAgain {
  readonly #wake: Wake;
  readonly #idleMs: number;
  #looksSinceSignal = 0;
  #isSignalled = false;

  /** @param idleMs between looks at a stream where nobody signals a write */
  constructor(wake: Wake, idleMs: number) {
    this.#wake = wake;
    this.#idleMs = idleMs;
  }

  /** @param seen signals there had been before the look that found nothing */
  async wait(seen: number): Promise<void> {
    if (this.#isSignalled) {
      await sleep(SHORTEST_WAIT_MS);
    }
    await this.#wake.wait(seen, LOOK_AGAIN_MS[this.#looksSinceSignal] ?? this.#idleMs);
    this.#isSignalled = this.#wake.count() !== seen;
    this.#looksSinceSignal = this.#isSignalled ? 0 : this.#looksSinceSignal + 1;
  }
}
