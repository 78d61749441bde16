import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ApiError } from '../api-error.ts';
import type { Item } from '../item.ts';
import type { ItemsStore, StoreStatus } from '../items-store.ts';
import type { LiveItemsStatus } from '../live-items.ts';
import { createLiveQuery, type LiveQuery, type LiveQueryOptions } from '../live-query.ts';

export interface LiveItemsResult {
  /** The same array until something in it changes. Empty on a server. */
  items: readonly Item[];
  status: LiveItemsStatus;
  /** The last failure; null while the view is live. */
  reason: ApiError | null;
}

/**
 * The items of a store that match, in order, pending writes included. The view runs while a component uses it.
 *
 * @param query may be a new object with each render: what counts is what it says
 * @throws ApiError for a filter that the API would refuse
 */
export function useLiveItems(store: ItemsStore, query: LiveQueryOptions = {}): LiveItemsResult {
  const key = JSON.stringify(query);
  const source = useMemo(() => new QuerySource(store, JSON.parse(key) as LiveQueryOptions), [store, key]);
  const items = useSyncExternalStore(source.subscribe, source.items, none);
  const onStatus = useCallback((listener: () => void) => store.subscribe({ onStatus: listener }), [store]);
  const { status, reason } = useSyncExternalStore(onStatus, () => store.status, connecting);
  return { items, status, reason };
}

const NONE: readonly Item[] = [];
const none = (): readonly Item[] => NONE;
const CONNECTING: StoreStatus = { status: 'connecting', reason: null };
const connecting = (): StoreStatus => CONNECTING;

/** A query that runs while a component is mounted: rendering alone starts nothing that nobody would stop. */
class QuerySource {
  readonly #store: ItemsStore;
  readonly #options: LiveQueryOptions;
  #running: LiveQuery | null = null;
  #shown: readonly Item[] | null = null;

  constructor(store: ItemsStore, options: LiveQueryOptions) {
    this.#store = store;
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const query = createLiveQuery(this.#store, this.#options);
    this.#running = query;
    query.subscribe(listener);
    return () => {
      query.stop();
      this.#shown = query.items;
      this.#running = null;
    };
  };

  readonly items = (): readonly Item[] => {
    const items = this.#running?.items ?? this.#shown ?? this.#once();
    const isSame =
      items.length === this.#shown?.length && items.every((item, at) => item === this.#shown?.[at]);
    if (!isSame) {
      this.#shown = items;
    }
    return this.#shown!;
  };

  #once(): readonly Item[] {
    const still = { items: this.#store.items, subscribe: () => () => undefined };
    return createLiveQuery(still, this.#options).items;
  }
}
