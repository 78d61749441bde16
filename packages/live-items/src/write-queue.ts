import { ApiError, asApiError } from './api-error.ts';
import { backOff, type BackOffOptions } from './back-off.ts';
import { PUT_ITEM } from './documents.ts';
import { graphqlRequest, type RequestOptions } from './graphql-request.ts';
import type { PutItem } from './item-inputs.ts';
import type { Item } from './item.ts';
import { getItems } from './load.ts';
import { isWritten, outcomeOf, type PutOutcome } from './put-outcome.ts';
import { sleep } from './retry.ts';
import { watchSurroundings } from './surroundings.ts';
import { tell } from './tell.ts';
import { KeptList, type WriteStorage } from './write-storage.ts';

/** What to put. The queue makes the `clientRequestToken` itself. */
export type PutInput = Omit<PutItem, 'clientRequestToken'>;

/** A write that waits for its outcome. */
export interface PendingPut {
  /** The `clientRequestToken`. */
  readonly token: string;
  readonly input: PutInput;
}

export interface WriteQueueOptions extends Omit<RequestOptions, 'signal' | 'patienceMs'> {
  backOff?: BackOffOptions;
  /** Keeps the writes across reloads. Default: none, so they end with the page. */
  storage?: WriteStorage;
  /**
   * The name in the storage. Have one for each user, or one user's writes are sent as another's, and one for each tab that writes at the same time.
   * Default: `live-items.writes`.
   */
  storageName?: string;
  /** How many writes may wait. Default: 100. */
  maxWrites?: number;
  /** How many bytes of JSON they may have together. Default: 1,000,000. */
  maxBytes?: number;
  /** Called with what became of each write, also of those that an earlier page has left in the storage. */
  onOutcome?(put: PendingPut, outcome: PutOutcome): void;
  /** Called with each failure that does not settle a write: no network, a server that is busy, a storage that is full. */
  onFailure?(reason: ApiError): void;
}

export interface WriteQueue {
  /** Writes that have no outcome yet, oldest first: a new array after each change. */
  readonly pending: readonly PendingPut[];
  /** Sends it once those before it have an outcome. Resolves with its own, and never rejects. */
  put(input: PutInput): Promise<PutOutcome>;
  /** Tries now rather than after the wait. Browsers need no call when their network is back. */
  flush(): void;
  /** Calls back after each change of `pending`. @returns a function that ends it */
  subscribe(listener: () => void): () => void;
  /** Sends nothing more. What is in the storage stays there for the next queue. */
  stop(): void;
}

interface QueuedPut extends PendingPut {
  /** When it was first sent without an answer, in epoch milliseconds; null: it cannot have been written yet. */
  triedAt: number | null;
}

/** The API answers a repeated token for 10 minutes; one less, in case clocks differ. */
const TOKEN_MS = 9 * 60_000;
const STORAGE_NAME = 'live-items.writes';
const MAX_WRITES = 100;
const MAX_BYTES = 1_000_000;

/** Sends writes in their order, each until its outcome is known, also across a lost network. */
export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  const queue = new Queue(options);
  void queue.run();
  return {
    get pending() {
      return queue.pending;
    },
    put: (input) => queue.put(input),
    flush: () => queue.hurry(),
    subscribe: (listener) => queue.subscribe(listener),
    stop: () => queue.stop(),
  };
}

class Queue {
  pending: readonly QueuedPut[] = [];
  readonly #options: WriteQueueOptions;
  readonly #kept: KeptList<QueuedPut>;
  readonly #settlers = new Map<string, (outcome: PutOutcome) => void>();
  readonly #listeners = new Set<() => void>();
  readonly #ending = new AbortController();
  readonly #leave: () => void;
  #pause = new AbortController();
  #state: 'reading' | 'idle' | 'sending' = 'reading';

  constructor(options: WriteQueueOptions) {
    const { storage, storageName = STORAGE_NAME } = options;
    this.#options = options;
    this.#kept = new KeptList(storage, storageName, (reason) => this.#report(reason));
    this.#leave = watchSurroundings({
      woke: () => this.hurry(),
      offline: () => undefined,
      slept: () => undefined,
    });
  }

  async run(): Promise<void> {
    const kept = await this.#kept.read(isQueuedPut);
    this.#become([...kept, ...this.pending]);
    this.#state = 'idle';
    void this.#work();
  }

  put(input: PutInput): Promise<PutOutcome> {
    const entry: QueuedPut = { token: newToken(), input, triedAt: null };
    const refusal = this.#refusalOf(entry);
    if (refusal) {
      return Promise.resolve({ is: 'refused', error: refusal });
    }
    const outcome = new Promise<PutOutcome>((resolve) => this.#settlers.set(entry.token, resolve));
    this.#become([...this.pending, entry]);
    void this.#work();
    return outcome;
  }

  hurry(): void {
    this.#pause.abort();
  }

  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  stop(): void {
    this.#ending.abort();
    this.#leave();
    this.hurry();
  }

  #refusalOf(entry: QueuedPut): ApiError | null {
    const { maxWrites = MAX_WRITES, maxBytes = MAX_BYTES } = this.#options;
    if (this.#ending.signal.aborted) {
      return new ApiError('the queue was stopped', 'none');
    }
    if (this.pending.length >= maxWrites) {
      return new ApiError(`${maxWrites} writes wait already, which is the most (maxWrites)`, 'none');
    }
    const bytes = new TextEncoder().encode(JSON.stringify([...this.pending, entry])).length;
    return bytes > maxBytes
      ? new ApiError(
          `the writes that wait would have ${bytes} bytes; at most ${maxBytes} may wait (maxBytes)`,
          'none',
        )
      : null;
  }

  /** The only place that changes what is pending. */
  #become(pending: readonly QueuedPut[]): void {
    this.pending = pending;
    if (this.#state !== 'reading') {
      void this.#kept.write(pending);
    }
    this.#listeners.forEach((listener) => tell(listener));
  }

  #report(reason: ApiError): void {
    tell(() => this.#options.onFailure?.(reason));
  }

  async #work(): Promise<void> {
    if (this.#state !== 'idle') {
      return;
    }
    this.#state = 'sending';
    let failed = 0;
    for (let entry = this.pending[0]; entry && !this.#ending.signal.aborted; entry = this.pending[0]) {
      const outcome = await this.#attempt(entry);
      if (outcome) {
        failed = 0;
        this.#settle(entry, outcome);
      } else if (!this.#ending.signal.aborted) {
        await this.#wait(backOff(failed++, this.#options.backOff));
      }
    }
    this.#state = 'idle';
  }

  /** @returns null when it is to be tried again */
  async #attempt(entry: QueuedPut): Promise<PutOutcome | null> {
    if (isOffline()) {
      return null;
    }
    try {
      return isStale(entry) ? await this.#sendAnew(entry) : await this.#send(entry);
    } catch (error) {
      const outcome = outcomeOf(error);
      if (!outcome) {
        this.#report(asApiError(error));
      }
      return outcome?.is === 'conflict' && isOurs(entry, outcome.theirs)
        ? { is: 'written', item: outcome.theirs }
        : outcome;
    }
  }

  /** Sends it with its token, so that it is written once however often it is sent. @throws ApiError */
  async #send(entry: QueuedPut): Promise<PutOutcome> {
    // Kept before it is sent: a page that ends now must not take it for one that was never sent.
    await this.#replace({ ...entry, triedAt: entry.triedAt ?? Date.now() });
    const input = { ...entry.input, clientRequestToken: entry.token };
    const answer = await graphqlRequest<{ putItem: Item }>(this.#request(), {
      query: PUT_ITEM,
      variables: { input },
    });
    return { is: 'written', item: answer.putItem };
  }

  /**
   * Its token no longer shows whether it was written. An expected version keeps it from being written twice; without one the item
   * decides.
   */
  async #sendAnew(entry: QueuedPut): Promise<PutOutcome> {
    const { id, expectedVersion, payload } = entry.input;
    const [item] = expectedVersion == null ? await getItems(this.#request(), [id]) : [];
    const isTouched = item != null && Date.parse(item.updatedAt) >= entry.triedAt! - TOKEN_MS;
    if (item && isTouched) {
      const error = new ApiError('it may have been written, and the item has been written since', 'none');
      return isWritten(item, payload) ? { is: 'written', item } : { is: 'unknown', theirs: item, error };
    }
    return this.#send({ ...entry, triedAt: null });
  }

  #request(): RequestOptions {
    return { ...this.#options, signal: this.#ending.signal };
  }

  async #replace(entry: QueuedPut): Promise<void> {
    this.pending = this.pending.map((one) => (one.token === entry.token ? entry : one));
    await this.#kept.write(this.pending);
  }

  #settle(entry: QueuedPut, outcome: PutOutcome): void {
    if (this.#ending.signal.aborted) {
      return;
    }
    this.#settlers.get(entry.token)?.(outcome);
    this.#settlers.delete(entry.token);
    tell(() => this.#options.onOutcome?.(entry, outcome));
    this.#become(this.pending.filter(({ token }) => token !== entry.token));
  }

  #wait(ms: number): Promise<void> {
    this.#pause = new AbortController();
    return sleep(ms, this.#pause.signal);
  }
}

/** The API may have forgotten its token. */
const isStale = ({ triedAt }: QueuedPut): boolean => triedAt !== null && Date.now() - triedAt >= TOKEN_MS;

/** Whether what a write conflicts with is itself, written by an earlier attempt. */
const isOurs = ({ triedAt, input }: QueuedPut, theirs: Item | null): theirs is Item =>
  triedAt !== null &&
  input.expectedVersion != null &&
  theirs?.version === input.expectedVersion + 1 &&
  isWritten(theirs, input.payload);

/** Only a browser that says so: what it sends then cannot arrive. */
const isOffline = (): boolean =>
  (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false;

function isQueuedPut(value: unknown): value is QueuedPut {
  const { token, input, triedAt } = (value ?? {}) as Partial<QueuedPut>;
  return (
    typeof token === 'string' &&
    typeof input?.id === 'string' &&
    (triedAt === null || typeof triedAt === 'number')
  );
}

/** React Native has no `crypto` of its own; a token need not be secret, only unique. */
function newToken(): string {
  const source = (globalThis as { crypto?: { getRandomValues?(bytes: Uint8Array): Uint8Array } }).crypto;
  const bytes = source?.getRandomValues
    ? source.getRandomValues(new Uint8Array(16))
    : Uint8Array.from({ length: 16 }, () => Math.random() * 256);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
