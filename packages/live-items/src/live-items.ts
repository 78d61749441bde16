import { alarm } from './alarm.ts';
import { ApiError } from './api-error.ts';
import { backOff } from './back-off.ts';
import { ON_ITEM_CHANGE } from './documents.ts';
import type { RequestOptions } from './graphql-request.ts';
import type { Item } from './item.ts';
import type { LiveItemsChange } from './merge.ts';
import { Reads } from './reads.ts';
import { createRealtimeClient, type RealtimeClient, type RealtimeOptions } from './realtime-client.ts';
import { watchSurroundings } from './surroundings.ts';
import { Sweep } from './sweep.ts';
import { TaskQueue } from './task-queue.ts';
import { tell } from './tell.ts';
import type { ItemChange, LiveItemsFilter } from './types.ts';
import { View } from './view.ts';
import { Vigil } from './vigil.ts';

/**
 * - `connecting`: not all items have been read yet.
 * - `live`: the view receives changes, and had all that the server has reported at most half a minute ago.
 * - `reconnecting`: it receives no changes, is still reading those it missed, or cannot tell: the network is silent, or the page is
 *   hidden or frozen.
 * - `failed`: it has given up, and `onStatus` gives the reason. Create a new one after the repair.
 * - `stopped`: by `stop()`.
 */
export type LiveItemsStatus = 'connecting' | 'live' | 'reconnecting' | 'failed' | 'stopped';

export interface LiveItemsListeners {
  /** Called with changes, each once, after `items` has them; at first with all items that were found. */
  onChange?(changes: readonly LiveItemsChange[]): void;
  /** Called with each new status, and with each failed attempt while the status stays. */
  onStatus?(status: LiveItemsStatus, reason?: ApiError): void;
}

export interface LiveItemsOptions
  extends
    LiveItemsListeners,
    Omit<RealtimeOptions, 'onMessage'>,
    Omit<RequestOptions, 'signal' | 'patienceMs'> {
  /** Default: all items that the caller may list. */
  filter?: LiveItemsFilter;
  /**
   * How often to read new changes from the log, in milliseconds, because a message may be lost on an unbroken connection.
   * Default: 300,000 (5 minutes); Infinity: never.
   */
  catchUpMs?: number;
  /**
   * How long the server may be silent before the log is asked whether that is all, in milliseconds. The answer may take two fifths of
   * that, so by default `live` is true to half a minute. Default: 20,000; Infinity: never, so that a dead connection is noticed by
   * `keepAliveMs` alone.
   */
  silenceMs?: number;
}

export interface LiveItems {
  /** The items by id, always up to date: the same map, which changes. */
  readonly items: ReadonlyMap<string, Item>;
  readonly status: LiveItemsStatus;
  /** Resolves once all items have been read for the first time. @throws ApiError when that failed for good, or was stopped */
  readonly ready: Promise<void>;
  /**
   * Reads now what may have been missed, and reconnects. Browsers need no call: it happens on `online`, and when the page
   * wakes or is seen again after half a minute. Elsewhere, call it when the network or the app is back.
   *
   * @returns a promise that resolves once the view is live again. It may be ignored.
   * @throws ApiError of the first attempt that failed; attempts go on, and `onStatus` reports them
   */
  refresh(): Promise<void>;
  /** Adds listeners for the same as `onChange` and `onStatus`. @returns a function that removes them */
  subscribe(listeners: LiveItemsListeners): () => void;
  /** Ends it. `items` keeps its contents. */
  stop(): void;
}

const CATCH_UP_MS = 300_000;
const SILENCE_MS = 20_000;
/** A read that takes so long, in milliseconds, is repeated once there is a new connection: its own may be dead. */
const SLOW_MS = 2_000;

/** Creates a view of the caller's items that stays up to date with the table, whoever writes and whichever connection breaks. */
export function createLiveItems(options: LiveItemsOptions): LiveItems {
  const follower = new Follower(options);
  follower.listen();
  return {
    items: follower.view.items,
    get status() {
      return follower.checkedStatus();
    },
    ready: follower.ready,
    refresh: () => follower.refresh(),
    subscribe: (listeners) => follower.subscribe(listeners),
    stop: () => follower.end('stopped'),
  };
}

/**
 * Receives changes, makes the view catch up whenever it begins to receive them, and tracks the status:
 *
 * ```text
 * connecting -> live <-> reconnecting     and from each of them to failed or stopped, for good
 * ```
 *
 * It is `live` while it receives changes and the queue has been emptied since.
 */
class Follower {
  status: LiveItemsStatus = 'connecting';
  readonly view: View;
  readonly ready: Promise<void>;
  readonly #options: LiveItemsOptions;
  readonly #realtime: RealtimeClient;
  readonly #reads: Reads;
  readonly #queue: TaskQueue;
  readonly #sweep: Sweep;
  readonly #vigil: Vigil;
  readonly #ending = new AbortController();
  readonly #listenAgain = alarm(() => this.#subscribe());
  #hears = false;
  /** Nothing is asked: the page is hidden or frozen. */
  #sleeps = false;
  #unsubscribe: () => void = () => undefined;
  #leave: () => void = () => undefined;
  /** Callers of `refresh` who wait. */
  #waiting: { resolve(): void; reject(reason: ApiError): void }[] = [];
  readonly #listeners = new Set<LiveItemsListeners>();
  #settle!: { resolve(): void; reject(reason: ApiError): void };

  constructor(options: LiveItemsOptions) {
    const { filter = {}, catchUpMs = CATCH_UP_MS, silenceMs = SILENCE_MS } = options;
    this.#options = options;
    this.#listeners.add(options);
    this.#realtime = createRealtimeClient({ ...options, onMessage: () => this.#vigil.heard() });
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => undefined); // Callers that do not await it learn of a failure by onStatus.
    const reads = new Reads({
      request: { ...options, signal: this.#ending.signal },
      filter,
      backOff: options.backOff,
      onFailure: (reason) => this.#become(this.status, reason),
    });
    const view = new View(reads, filter, (changes) =>
      this.#listeners.forEach((each) => tell(() => each.onChange?.(changes))),
    );
    const queue = new TaskQueue({
      perform: (task) => (task === 'catch up' ? this.#catchUp() : view.apply(task)),
      emptied: () => this.#settled(),
      failed: (reason) => this.end('failed', reason),
    });
    this.#reads = reads;
    this.view = view;
    this.#queue = queue;
    this.#sweep = new Sweep({
      reads,
      view,
      everyMs: catchUpMs,
      isLive: () => this.status === 'live',
      found: (tasks) => queue.add(tasks),
      failed: (reason) => this.end('failed', reason),
    });
    this.#vigil = new Vigil({
      silenceMs,
      ask: (signal) => this.#sweep.read(signal),
      doubt: (reason) => this.#doubt(reason),
      failed: (reason) => this.end('failed', reason),
    });
  }

  listen(): void {
    this.#sweep.schedule();
    this.#subscribe();
    this.#leave = watchSurroundings({
      woke: () => {
        this.#sleeps = false;
        void this.refresh();
      },
      offline: () => this.#doubt(new ApiError('the browser says that it is offline', 'retry')),
      slept: (reason) => this.#sleep(new ApiError(reason, 'retry')),
    });
  }

  subscribe(listeners: LiveItemsListeners): () => void {
    const own: LiveItemsListeners = {
      onChange: (changes) => listeners.onChange?.(changes),
      onStatus: (status, reason) => listeners.onStatus?.(status, reason),
    };
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Timers stand still while a machine sleeps, so the clock is asked as well. */
  checkedStatus(): LiveItemsStatus {
    this.#vigil.check();
    return this.status;
  }

  refresh(): Promise<void> {
    if (this.#isOver()) {
      return silently(Promise.reject(new ApiError(`the view has ${this.status}`, 'none')));
    }
    this.#realtime.reconnect();
    this.#catchUpSoon();
    return silently(new Promise((resolve, reject) => this.#waiting.push({ resolve, reject })));
  }

  end(final: 'failed' | 'stopped', reason?: ApiError): void {
    if (this.#isOver()) {
      return;
    }
    this.#become(final, reason);
    this.#ending.abort();
    this.#reads.hurry();
    this.#listenAgain.at(Infinity);
    this.#sweep.stop();
    this.#vigil.end();
    this.view.stop();
    this.#leave();
    this.#unsubscribe();
    this.#queue.end();
    this.#settle.reject(reason ?? new ApiError('stopped before the items were there', 'none'));
  }

  #isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  /** The only place that changes the status. A reason is reported even if the status stays. */
  #become(next: LiveItemsStatus, reason?: ApiError): void {
    if (this.#isOver() || (next === this.status && !reason)) {
      return;
    }
    this.status = next;
    if (next === 'live') {
      this.#vigil.begin();
    } else {
      this.#vigil.end();
    }
    this.#answerRefresh(next, reason);
    this.#listeners.forEach((each) => tell(() => each.onStatus?.(next, reason)));
  }

  #answerRefresh(next: LiveItemsStatus, reason?: ApiError): void {
    const waiting = this.#waiting;
    if (next === 'live' || reason || next === 'stopped') {
      this.#waiting = [];
      waiting.forEach(({ resolve, reject }) =>
        next === 'live' ? resolve() : reject(reason ?? new ApiError('the view was stopped', 'none')),
      );
    }
  }

  #catchUpSoon(): void {
    this.#reads.hurry();
    if (this.view.isLoaded && !this.#queue.has('catch up')) {
      this.#queue.add(['catch up']);
    }
  }

  /** The connection may be dead. */
  #doubt(reason: ApiError): void {
    this.#realtime.reconnect(reason);
    this.#catchUpSoon();
  }

  #sleep(reason: ApiError): void {
    this.#sleeps = true;
    if (this.status === 'live') {
      this.#become('reconnecting', reason);
    }
  }

  #subscribe(): void {
    const filter = this.#options.filter ?? {};
    const asked = {
      id: filter.id,
      kind: filter.kind, // part: validated-items
    };
    this.#unsubscribe = this.#realtime.subscribe<{ onItemChange: ItemChange | null } | null>(
      { query: ON_ITEM_CHANGE, variables: { filter: asked } },
      {
        subscribed: () => this.#heard(),
        next: ({ data }) => this.#received(data?.onItemChange ?? null),
        interrupted: (reason) => this.#interrupted(reason),
        error: (reason) => this.end('failed', reason),
        complete: () => this.#completed(),
      },
    );
  }

  #heard(): void {
    this.#hears = true;
    this.#reads.hurry(SLOW_MS);
    this.#queue.add(['catch up']);
  }

  /** @param change null: it could not be read, so the log is read instead */
  #received(change: ItemChange | null): void {
    if (change) {
      this.#queue.add([change]);
    } else {
      void this.#sweep.run();
    }
  }

  #interrupted(reason: ApiError): void {
    this.#hears = false;
    this.#become(this.view.isLoaded ? 'reconnecting' : 'connecting', reason);
  }

  #completed(): void {
    this.#interrupted(new ApiError('the server has ended the subscription', 'retry'));
    this.#listenAgain.at(Date.now() + backOff(1, this.#options.backOff));
  }

  async #catchUp(): Promise<void> {
    await this.view.catchUp();
    this.#settle.resolve();
  }

  #settled(): void {
    if (this.#hears && this.view.isLoaded && !this.#sleeps) {
      this.#become('live');
    }
  }
}

/** A promise that may be ignored: a rejection that nobody awaits ends no program. */
function silently(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}
