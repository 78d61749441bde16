import type { ApiError } from './api-error.ts';
import type { Item } from './item.ts';
import {
  createLiveItems,
  type LiveItems,
  type LiveItemsListeners,
  type LiveItemsOptions,
  type LiveItemsStatus,
} from './live-items.ts';
import { OptimisticItems } from './optimistic-items.ts';
import type { PutOutcome } from './put-outcome.ts';
import { tell } from './tell.ts';
import {
  createWriteQueue,
  type PendingPut,
  type PutInput,
  type WriteQueue,
  type WriteQueueOptions,
} from './write-queue.ts';

export interface ItemsStoreOptions
  extends Omit<LiveItemsOptions, keyof LiveItemsListeners>, Omit<WriteQueueOptions, 'onOutcome'> {
  /** Called with what became of each write, also of those that an earlier page has left in the storage. */
  onOutcome?(put: PendingPut, outcome: PutOutcome): void;
}

/** How a view is doing: a new object after each change. */
export interface StoreStatus {
  readonly status: LiveItemsStatus;
  /** The last failure; null while the view is live. */
  readonly reason: ApiError | null;
}

/** A view that runs while somebody looks, with writes that show at once. */
export interface ItemsStore {
  /** With the writes on top that have no outcome yet. The same map, which changes. */
  readonly items: ReadonlyMap<string, Item>;
  readonly status: StoreStatus;
  /** Writes that have no outcome yet: a new array after each change. */
  readonly pending: readonly PendingPut[];
  /** The first listener starts the view; 5 seconds after the last has gone it stops. @returns a function that removes it */
  subscribe(listeners: LiveItemsListeners): () => void;
  /**
   * Shows the write at once and sends it. Without `expectedVersion` it expects the version that is shown, 0 where none is; null means that the
   * last writer wins. What comes of it: written, or shown no more.
   */
  put(input: PutInput): Promise<PutOutcome>;
  /** As that of a view; resolves at once while nobody looks. */
  refresh(): Promise<void>;
  /** Ends view and writes, for good. What is in the storage stays there. */
  stop(): void;
}

/** How long a view goes on without listeners, in milliseconds: pages change, and React mounts twice in StrictMode. */
const LINGER_MS = 5_000;
const BEFORE: StoreStatus = { status: 'connecting', reason: null };

/** Opens no connection and no storage before somebody listens or writes, so it may be made anywhere, on a server too. */
export function createItemsStore(options: ItemsStoreOptions): ItemsStore {
  const store = new Store(options);
  return {
    items: store.shown.items,
    get status() {
      return store.status;
    },
    get pending() {
      return store.pending;
    },
    subscribe: (listeners) => store.subscribe(listeners),
    put: (input) => store.put(input),
    refresh: () => store.refresh(),
    stop: () => store.stop(),
  };
}

class Store {
  status: StoreStatus = BEFORE;
  readonly shown: OptimisticItems;
  readonly #options: ItemsStoreOptions;
  readonly #listeners = new Set<LiveItemsListeners>();
  #live: LiveItems | null = null;
  #writes: WriteQueue | null = null;
  #lingering: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(options: ItemsStoreOptions) {
    this.#options = options;
    this.shown = new OptimisticItems(options.filter ?? {}, (changes) =>
      this.#listeners.forEach(({ onChange }) => tell(() => onChange?.(changes))),
    );
  }

  get pending(): readonly PendingPut[] {
    return this.#writes?.pending ?? [];
  }

  subscribe(listeners: LiveItemsListeners): () => void {
    const own = { ...listeners };
    this.#listeners.add(own);
    clearTimeout(this.#lingering);
    this.#start();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) {
        this.#lingering = setTimeout(() => this.#rest(), LINGER_MS);
      }
    };
  }

  put(input: PutInput): Promise<PutOutcome> {
    const shown = this.shown.items.get(input.id)?.version ?? 0;
    const { expectedVersion = shown } = input;
    return this.#queue().put({ ...input, expectedVersion });
  }

  refresh(): Promise<void> {
    return this.#live?.refresh() ?? Promise.resolve();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#lingering);
    this.#rest();
    this.#writes?.stop();
  }

  #start(): void {
    if (this.#live || this.#isOver) {
      return;
    }
    this.#queue();
    const live = createLiveItems({
      ...this.#options,
      onChange: (changes) => live === this.#live && this.#changed(live, changes),
      onStatus: (status, reason) =>
        live === this.#live &&
        this.#become({ status, reason: status === 'live' ? null : (reason ?? null) }, reason),
    });
    this.#live = live;
  }

  /** The items of the view before stay until the new one has its own. */
  #isRebased = false;

  #changed(live: LiveItems, changes: Parameters<OptimisticItems['changed']>[0]): void {
    if (!this.#isRebased) {
      this.#isRebased = true;
      this.shown.rebase(live.items);
    }
    this.shown.changed(changes);
  }

  #rest(): void {
    const live = this.#live;
    this.#live = null;
    this.#isRebased = false;
    live?.stop();
    this.#become(BEFORE);
  }

  #become(status: StoreStatus, reason?: ApiError): void {
    this.status = status;
    if (status.status === 'live' && !this.#isRebased && this.#live) {
      this.#changed(this.#live, []);
    }
    this.#listeners.forEach(({ onStatus }) => tell(() => onStatus?.(status.status, reason)));
  }

  #queue(): WriteQueue {
    if (!this.#writes) {
      const { onOutcome, ...options } = this.#options;
      const writes = createWriteQueue({
        ...options,
        onOutcome: (put, outcome) => {
          this.shown.settled(outcome);
          onOutcome?.(put, outcome);
        },
      });
      writes.subscribe(() => this.shown.pend(writes.pending));
      this.#writes = writes;
    }
    return this.#writes;
  }
}
