import { ApiError } from './api-error.ts';
import type { BackOffOptions } from './back-off.ts';
import { readChanges } from './changes.ts';
import type { RequestOptions } from './graphql-request.ts';
import type { Item } from './item.ts';
import { getItems, itemPages } from './load.ts';
import { retrying, sleep } from './retry.ts';
import type { ItemChange, ItemChangePage, LiveItemsFilter } from './types.ts';

export interface ReadsOptions {
  /** Its signal ends the attempts. */
  request: RequestOptions;
  filter: LiveItemsFilter;
  backOff?: BackOffOptions;
  /** Called with each failed attempt that will be retried. */
  onFailure(reason: ApiError): void;
}

/**
 * How long the first attempts wait for an answer, in milliseconds: connections that a client keeps open may be dead, each of which takes
 * one attempt, and an answer that is only slow comes to a later one.
 */
const PATIENCE_MS = [8_000, 16_000];

type Attempt<Answer> = (request: RequestOptions) => Promise<Answer>;

/** The most that `getItems` returns at once. */
const PAGE_LIMIT = 100;

/** The reads of a view, each repeated as often as needed. All throw an ApiError when a retry does not help. */
export class Reads {
  readonly #options: ReadsOptions;
  #waiting = new AbortController();
  #running: { since: number; hurry(): void } | null = null;

  constructor(options: ReadsOptions) {
    this.#options = options;
  }

  changes(since: string): Promise<ItemChangePage> {
    return this.#ask((request) => readChanges(request, since));
  }

  /** Without a retry. @param signal default: that of the request */
  changesOnce(since: string, signal?: AbortSignal): Promise<ItemChangePage> {
    const { request } = this.#options;
    return readChanges(signal ? { ...request, signal } : request, since);
  }

  items(): AsyncGenerator<Item[], void> {
    return itemPages(this.#options.filter, (attempt) => this.#ask(attempt));
  }

  /** Reads, by order, the items of changes that lack them; null: the item no longer exists. */
  async itemsOf(changes: readonly ItemChange[]): Promise<Map<string, Item | null>> {
    const read = new Map<string, Item | null>();
    for (let first = 0; first < changes.length; first += PAGE_LIMIT) {
      const some = changes.slice(first, first + PAGE_LIMIT);
      const ids = some.map(({ id }) => id);
      const found = await this.#ask((request) => getItems(request, ids));
      some.forEach(({ order }, index) => read.set(order, found[index] ?? null));
    }
    return read;
  }

  /**
   * Ends the wait before the next attempt, and repeats at once a running one, whose connection may be dead.
   *
   * @param olderThanMs how old a running one must be
   */
  hurry(olderThanMs = 0): void {
    this.#waiting.abort();
    if (this.#running && Date.now() - this.#running.since >= olderThanMs) {
      this.#running.hurry();
    }
  }

  async #ask<Answer>(attempt: Attempt<Answer>): Promise<Answer> {
    const {
      request: { signal },
      backOff,
      onFailure,
    } = this.#options;
    let attempts = 0;
    const answer = await retrying(() => this.#hurried(attempt, PATIENCE_MS[attempts++]), {
      signal,
      backOff,
      onFailure,
      pause: (ms) => this.#pause(ms),
    });
    if (signal?.aborted) {
      throw new ApiError('stopped while it read', 'none'); // A `fetch` may not know signals.
    }
    return answer;
  }

  /** One attempt, made again where it was hurried. @param patienceMs default: that of a request */
  async #hurried<Answer>(attempt: Attempt<Answer>, patienceMs?: number): Promise<Answer> {
    const { request } = this.#options;
    for (;;) {
      const controller = new AbortController();
      const end = (): void => controller.abort();
      let isHurried = false;
      this.#running = {
        since: Date.now(),
        hurry: () => {
          isHurried = true;
          end();
        },
      };
      request.signal?.addEventListener('abort', end);
      try {
        return await attempt({ ...request, signal: controller.signal, patienceMs });
      } catch (error) {
        if (!isHurried || request.signal?.aborted) {
          throw error;
        }
      } finally {
        this.#running = null;
        request.signal?.removeEventListener('abort', end);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    this.#waiting = new AbortController();
    return sleep(ms, this.#waiting.signal);
  }
}
