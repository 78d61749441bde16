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

/** The most that `getItems` returns at once. */
const PAGE_LIMIT = 100;

/** The reads of a view, each repeated as often as needed. All throw an ApiError when a retry does not help. */
export class Reads {
  readonly #options: ReadsOptions;
  #waiting = new AbortController();

  constructor(options: ReadsOptions) {
    this.#options = options;
  }

  changes(since: string): Promise<ItemChangePage> {
    return this.#ask(() => this.changesOnce(since));
  }

  /** Without a retry. */
  changesOnce(since: string): Promise<ItemChangePage> {
    return readChanges(this.#options.request, since);
  }

  items(): AsyncGenerator<Item[], void> {
    const { request, filter } = this.#options;
    return itemPages(request, filter, (attempt) => this.#ask(attempt));
  }

  /** Reads, by order, the items of changes that lack them; null: the item no longer exists. */
  async itemsOf(changes: readonly ItemChange[]): Promise<Map<string, Item | null>> {
    const read = new Map<string, Item | null>();
    for (let first = 0; first < changes.length; first += PAGE_LIMIT) {
      const some = changes.slice(first, first + PAGE_LIMIT);
      const ids = some.map(({ id }) => id);
      const found = await this.#ask(() => getItems(this.#options.request, ids));
      some.forEach(({ order }, index) => read.set(order, found[index] ?? null));
    }
    return read;
  }

  /** Ends the wait before the next attempt. */
  hurry(): void {
    this.#waiting.abort();
  }

  async #ask<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    const {
      request: { signal },
      backOff,
      onFailure,
    } = this.#options;
    const answer = await retrying(attempt, { signal, backOff, onFailure, pause: (ms) => this.#pause(ms) });
    if (signal?.aborted) {
      throw new ApiError('stopped while it read', 'none'); // A `fetch` may not know signals.
    }
    return answer;
  }

  #pause(ms: number): Promise<void> {
    this.#waiting = new AbortController();
    return sleep(ms, this.#waiting.signal);
  }
}
