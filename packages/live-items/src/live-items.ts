import { alarm } from './alarm.ts';
import { backOff } from './back-off.ts';
import { isCursorRefused, isLastPage, readChanges } from './changes.ts';
import { ON_ITEM_CHANGE } from './documents.ts';
import { ApiError, asApiError } from './failure.ts';
import type { RequestOptions } from './graphql-request.ts';
import { getItems, itemPages } from './load.ts';
import { matches } from './matches.ts';
import { createMerge, type LiveItemsChange, type Merge } from './merge.ts';
import { createRealtimeClient, type RealtimeOptions } from './realtime-client.ts';
import { retrying, sleep } from './retry.ts';
import type { Item, ItemChange, LiveItemsFilter } from './types.ts';

/**
 * - `connecting`: the items are not all there yet.
 * - `live`: the view holds every change that the server has told of, and hears of those to come.
 * - `reconnecting`: it does not hear, or is still reading what it has missed.
 * - `failed`: it has given up, and `onStatus` says why. Start anew, after repair.
 * - `stopped`: by `stop()`.
 */
export type LiveItemsStatus = 'connecting' | 'live' | 'reconnecting' | 'failed' | 'stopped';

export interface LiveItemsOptions extends RealtimeOptions, Omit<RequestOptions, 'signal'> {
  /** Default: all items that the caller may list. */
  filter?: LiveItemsFilter;
  /**
   * How often to read what the log of changes has since the last time, in milliseconds, because one message may have been lost
   * on an unbroken connection. Default: 300,000 (5 minutes); Infinity: never.
   */
  catchUpMs?: number;
  /** Told of changes, each once, after `items` has them; at first of all items that were found. */
  onChange?(changes: readonly LiveItemsChange[]): void;
  /** Told of each new status, and of each failed attempt while it stays. */
  onStatus?(status: LiveItemsStatus, reason?: ApiError): void;
}

export interface LiveItems {
  /** The items by id, always up to date: the same map, which changes. */
  readonly items: ReadonlyMap<string, Item>;
  readonly status: LiveItemsStatus;
  /** Resolves once the items are all there for the first time. @throws ApiError where that failed for good, or was stopped */
  readonly ready: Promise<void>;
  /** Reads now what may have been missed, and connects anew: call it when the network or the app is back. */
  refresh(): void;
  /** Ends it. `items` stays as it is. */
  stop(): void;
}

/** What the queue holds: a change, or the order to read what happened before the changes that follow. */
type Task = ItemChange | 'catch up';

/** Longer than the publisher's stream may lag and an index be behind its table; changes that are read twice are dropped. */
const BEFORE_START = 'PT5M';
const CATCH_UP_MS = 300_000;

/** A view of the caller's items that stays true: what the table has, the view gets, whoever wrote it and whatever connection broke. */
export function createLiveItems(options: LiveItemsOptions): LiveItems {
  const { filter = {}, catchUpMs = CATCH_UP_MS, onChange, onStatus } = options;
  const stopping = new AbortController();
  const request: RequestOptions = { ...options, signal: stopping.signal };
  const items = new Map<string, Item>();
  const realtime = createRealtimeClient(options);

  let status: LiveItemsStatus = 'connecting';
  let merge: Merge | null = null;
  /** Behind it, everything in the log of changes was read; what is before it is read again, or was heard. */
  let cursor = '';
  let queue: Task[] = [];
  let working = false;
  let sweeping = false;
  /** Whether changes are heard at the moment. */
  let hears = false;
  let settle: { resolve(): void; reject(reason: ApiError): void };
  const ready = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  ready.catch(() => undefined); // Who does not wait for it hears by onStatus.

  const isOver = (): boolean => stopping.signal.aborted;
  /** Ends the wait for the next attempt to read. */
  let hurry: () => void = () => undefined;
  const ask = <Answer>(attempt: () => Promise<Answer>): Promise<Answer> =>
    retrying(attempt, {
      signal: request.signal,
      backOff: options.backOff,
      onFailure: (reason) => report(status, reason),
      pause(ms) {
        const waiting = new AbortController();
        hurry = () => waiting.abort();
        return sleep(ms, waiting.signal);
      },
    });
  const merging = (): Merge => createMerge({ wanted: (item) => matches(filter, item), now: Date.now });

  function report(next: LiveItemsStatus, reason?: ApiError): void {
    if (!isOver() && (next !== status || reason)) {
      status = next;
      tell(() => onStatus?.(next, reason));
    }
  }

  function emit(changes: readonly LiveItemsChange[]): void {
    if (changes.length > 0) {
      tell(() => onChange?.(changes));
    }
    expiry.at(merge?.nextExpiry() ?? Infinity);
  }

  const expiry = alarm(() => emit(merge?.expire() ?? []));

  function enqueue(tasks: readonly Task[]): void {
    queue.push(...tasks);
    void work();
  }

  async function work(): Promise<void> {
    if (working) {
      return;
    }
    working = true;
    try {
      while (queue.length > 0 && !isOver()) {
        await perform(takeNext());
      }
      if (hears && merge) {
        report('live');
      }
    } catch (error) {
      end('failed', asApiError(error));
    } finally {
      working = false;
    }
  }

  /** The changes up to the next order to catch up, or that order. */
  function takeNext(): ItemChange[] | 'catch up' {
    const length = queue.indexOf('catch up');
    if (length === 0) {
      queue = queue.slice(1);
      return 'catch up';
    }
    return queue.splice(0, length < 0 ? queue.length : length) as ItemChange[];
  }

  async function perform(task: ItemChange[] | 'catch up'): Promise<void> {
    if (task !== 'catch up') {
      emit(await apply(merge!, task));
    } else if (merge) {
      await catchUp(merge);
    } else {
      await load();
    }
  }

  async function apply(to: Merge, changes: readonly ItemChange[]): Promise<LiveItemsChange[]> {
    const read = await readOmitted(
      changes.filter((change) => change.payloadOmitted && change.item && to.isNew(change)),
    );
    return changes
      .map((change) => to.apply(change, read.get(change.order)))
      .filter((applied) => applied !== null);
  }

  /** By order: the items of changes that came without them. */
  async function readOmitted(changes: readonly ItemChange[]): Promise<Map<string, Item | null>> {
    const read = new Map<string, Item | null>();
    for (let first = 0; first < changes.length; first += 100) {
      const some = changes.slice(first, first + 100);
      const found = await ask(() =>
        getItems(
          request,
          some.map(({ id }) => id),
        ),
      );
      some.forEach(({ order }, index) => read.set(order, found[index] ?? null));
    }
    return read;
  }

  /** The log's last minutes first, so that a change during the reading of the items is in the one or in the other. */
  async function load(): Promise<void> {
    const loading = merging();
    let page = await ask(() => readChanges(request, BEFORE_START));
    for await (const some of itemPages(request, filter, ask)) {
      loading.addRead(some);
    }
    await apply(loading, page.changes);
    while (!isLastPage(page)) {
      const from = page.cursor;
      page = await ask(() => readChanges(request, from));
      await apply(loading, page.changes);
    }
    cursor = page.cursor;
    merge = loading;
    emit(merge.moveInto(items));
    settle.resolve();
  }

  async function catchUp(to: Merge): Promise<void> {
    try {
      for (let last = false; !last;) {
        const page = await ask(() => readChanges(request, cursor));
        emit(await apply(to, page.changes));
        cursor = page.cursor;
        last = isLastPage(page);
      }
    } catch (error) {
      if (!isCursorRefused(asApiError(error))) {
        throw error;
      }
      await load();
    }
  }

  /** Reads the log while changes are heard; those that are known already are dropped as repeats. */
  async function sweep(): Promise<void> {
    if (sweeping || status !== 'live') {
      return;
    }
    sweeping = true;
    try {
      for (let last = false; !last && status === 'live';) {
        const from = cursor;
        const page = await readChanges(request, from);
        enqueue(page.changes);
        cursor = cursor === from ? page.cursor : cursor;
        last = isLastPage(page);
      }
    } catch (error) {
      const reason = asApiError(error);
      if (isCursorRefused(reason)) {
        enqueue(['catch up']);
      } else if (reason.remedy !== 'retry') {
        end('failed', reason);
      } // Otherwise the next time will do.
    } finally {
      sweeping = false;
    }
  }

  function listen(): () => void {
    const variables = { filter: { id: filter.id, kind: filter.kind } };
    return realtime.subscribe<{ onItemChange: ItemChange | null } | null>(
      { query: ON_ITEM_CHANGE, variables },
      {
        subscribed: () => {
          hears = true;
          enqueue(['catch up']);
        },
        next: ({ data }) => (data?.onItemChange ? enqueue([data.onItemChange]) : void sweep()),
        interrupted,
        error: (reason) => end('failed', reason),
        complete: () => {
          interrupted(new ApiError('the server has ended the subscription', 'retry'));
          again.at(Date.now() + backOff(1, options.backOff));
        },
      },
    );
  }

  function interrupted(reason: ApiError): void {
    hears = false;
    report(merge ? 'reconnecting' : 'connecting', reason);
  }

  function end(final: 'failed' | 'stopped', reason?: ApiError): void {
    if (isOver()) {
      return;
    }
    report(final, reason);
    stopping.abort();
    hurry();
    [expiry, again, sweeps].forEach((timer) => timer.at(Infinity));
    unsubscribe();
    queue = [];
    settle.reject(reason ?? new ApiError('stopped before the items were there', 'none'));
  }

  const again = alarm(() => (unsubscribe = listen()));
  const sweeps = alarm(() => {
    void sweep();
    sweeps.at(Date.now() + catchUpMs);
  });
  sweeps.at(Date.now() + catchUpMs);
  let unsubscribe = listen();

  return {
    items,
    get status() {
      return status;
    },
    ready,
    refresh() {
      realtime.reconnect();
      hurry();
      if (merge && !queue.includes('catch up')) {
        enqueue(['catch up']);
      }
    },
    stop: () => end('stopped'),
  };
}

/** What a listener throws is its own affair: it surfaces, and the view goes on. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
