import { NOTHING_SAVED, type SavedFiles, together } from './saved-files.ts';

/** One round: takes in what has been saved. */
export interface Round {
  saved: SavedFiles;
  /** By `performance.now()`, of the first save. */
  since: number;
  /** Whether it takes in only what was saved while another round ran. */
  isFollowUp: boolean;
  /**
   * Whether files have been saved since it began, so that its result is of no use.
   * @param tookIn whether the round has taken in a file all the same. @default it has taken in none
   */
  isSuperseded(tookIn?: (path: string) => boolean): boolean;
}

/**
 * Runs one round at a time. What is saved meanwhile supersedes it: another round follows at once, for all that the superseded one and it
 * have to take in.
 */
export class Rounds {
  readonly #run: (round: Round) => Promise<void>;
  #pending: SavedFiles = NOTHING_SAVED;
  #since = 0;
  #running: Promise<void> | undefined;
  #isClosed = false;

  /** @param run must not reject */
  constructor(run: (round: Round) => Promise<void>) {
    this.#run = run;
  }

  add(saved: SavedFiles): void {
    if (this.#pending.paths.length === 0) {
      this.#since = performance.now();
    }
    this.#pending = together(this.#pending, saved);
    this.#running ??= this.#runAll().finally(() => (this.#running = undefined));
  }

  /** Begins no more rounds, and waits for the one that is running. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #runAll(): Promise<void> {
    let isFollowUp = false;
    while (this.#pending.paths.length > 0 && !this.#isClosed) {
      const saved = this.#pending;
      const since = this.#since;
      this.#pending = NOTHING_SAVED;
      let wasSuperseded = false;
      const isSuperseded: Round['isSuperseded'] = (tookIn = () => false) =>
        (wasSuperseded = this.#isClosed || !this.#pending.paths.every(tookIn));
      await this.#run({ saved, since, isFollowUp, isSuperseded });
      if (wasSuperseded) {
        this.#pending = together(saved, this.#pending);
        this.#since = since;
      }
      isFollowUp = !wasSuperseded;
    }
  }
}
