import { alarm } from './alarm.ts';
import { type ApiError, asApiError } from './api-error.ts';
import { isCursorRefused, isLastPage } from './changes.ts';
import type { Reads } from './reads.ts';
import type { Task } from './task-queue.ts';
import type { ItemChange } from './types.ts';
import type { View } from './view.ts';

export interface SweepOptions {
  reads: Reads;
  view: View;
  /** The interval between sweeps, in milliseconds; Infinity: never. */
  everyMs: number;
  /** Whether changes are being received; otherwise the view catches up by itself. */
  isLive(): boolean;
  /** Called with the tasks that a sweep found. */
  found(tasks: readonly Task[]): void;
  /** A retry does not help. */
  failed(reason: ApiError): void;
}

/**
 * Reads the log while changes are received, because a message may be lost on an unbroken connection. Known changes are dropped
 * as repeats.
 */
export class Sweep {
  readonly #options: SweepOptions;
  #state: 'resting' | 'reading' = 'resting';
  readonly #alarm = alarm(() => {
    void this.run();
    this.schedule();
  });

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  schedule(): void {
    this.#alarm.at(Date.now() + this.#options.everyMs);
  }

  stop(): void {
    this.#alarm.at(Infinity);
  }

  /** Reads once; the next sweep comes anyway. */
  async run(): Promise<void> {
    if (this.#state === 'reading') {
      return;
    }
    this.#state = 'reading';
    try {
      await this.read();
    } catch (error) {
      const reason = asApiError(error);
      if (reason.remedy !== 'retry') {
        this.#options.failed(reason);
      }
    } finally {
      this.#state = 'resting';
    }
  }

  /**
   * Reads to the end of the log.
   *
   * @returns the changes that the view did not have
   * @throws ApiError when the log could not be read
   */
  async read(signal?: AbortSignal): Promise<ItemChange[]> {
    const { reads, view, isLive, found } = this.#options;
    const news: ItemChange[] = [];
    try {
      for (let last = false; !last && isLive();) {
        const from = view.cursor;
        const page = await reads.changesOnce(from, signal);
        news.push(...page.changes.filter((change) => view.isNews(change)));
        found(page.changes);
        view.advance(from, page.cursor);
        last = isLastPage(page);
      }
    } catch (error) {
      if (!isCursorRefused(asApiError(error))) {
        throw error;
      }
      found(['catch up']);
    }
    return news;
  }
}
