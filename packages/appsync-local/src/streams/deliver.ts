import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSourceMappingModel } from '../template/app-model.ts';
import type { DroppedRecords } from './failure-document.ts';
import { readItemFailures } from './item-failures.ts';
import { arrivalOf, sequenceNumberOf, type StreamRecord } from './stream-record.ts';

/** The outcome of an invocation, in the form of the Lambda host. */
export type InvocationResult =
  | { kind: 'answer'; payload: unknown }
  | { kind: 'function-error'; errorType: string; errorMessage: string }
  | { kind: 'host-error'; type: string; message: string };

export interface DeliverOptions {
  mapping: EventSourceMappingModel;
  invoke(records: StreamRecord[]): Promise<InvocationResult>;
  /** Keeps records that will not be retried. @returns false when the server stops before they are kept: they are not handled then */
  dropRecords(
    dropped: Pick<DroppedRecords, 'records' | 'condition' | 'invocations' | 'functionFailed'>,
  ): Promise<boolean>;
  /**
   * The reason why this machine hinders the function, such as a full disk; null while it does not. AWS has no such troubles, so
   * while there is one a retried batch neither uses up an attempt nor grows older. @default never
   */
  hindrance?: () => Promise<string | null>;
  /** Epoch milliseconds; the age of a record counts from then at the earliest, since nobody could deliver it before. @default 0 */
  since?: number;
  /** Called at the first failure of a batch. */
  report(reason: string, records: StreamRecord[]): void;
  /** Aborted when the server stops: nothing is retried after that. */
  stopping: AbortSignal;
  /** Milliseconds before the first retry; doubled with each one, at most {@link LONGEST_WAIT_MS}. @default 100 */
  firstWaitMs?: number;
  /** @returns epoch milliseconds @default Date.now */
  now?: () => number;
}

/** Delivers a batch; calls `handled` with each handled part, in order. Returns early only when the server stops. */
export type Deliver = (records: StreamRecord[], handled: (records: StreamRecord[]) => void) => Promise<void>;

/** DynamoDB keeps stream records for 24 hours. */
const KEPT_SECONDS = 86_400;
/** Lambda documents an exponential back-off for retries without numbers. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/**
 * Invokes a function with a batch until it is handled, as Lambda does for streams: retries, bisecting, partial batch responses,
 * limits of retries and age (Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB").
 *
 * Where the guide is silent: splitting a batch is not a retry; a partially handled batch starts to count anew; an invocation
 * that Lambda itself refused for lack of concurrency is not a retry.
 */
export function createDeliver(options: DeliverOptions): Deliver {
  const clock = new AgeClock(options);
  return (records, handled) => new Delivery(options, clock, records, handled).run();
}

/** Computes the age of records, without the time in which this machine could not deliver them. */
class AgeClock {
  readonly #now: () => number;
  readonly #maximumAgeMs: number;
  #agesFrom: number;

  constructor({ mapping, since = 0, now = Date.now }: DeliverOptions) {
    const { maximumRecordAgeSeconds: seconds } = mapping;
    this.#now = now;
    this.#agesFrom = since;
    this.#maximumAgeMs = (seconds === -1 ? KEPT_SECONDS : seconds) * 1000;
  }

  isTooOld(record: StreamRecord): boolean {
    return this.#now() - Math.max(arrivalOf(record), this.#agesFrom) > this.#maximumAgeMs;
  }

  /** Restarts the age of every record from now. */
  restart(): void {
    this.#agesFrom = this.#now();
  }
}

/**
 * What follows an invocation:
 * - `done`: all records are handled or dropped, or the server stops
 * - `again`: at once, with the remaining records
 * - `wait`: later, with the remaining records; `times` is the number of waits so far, which determines the time
 * - `split`: each half separately
 */
type Next = { kind: 'done' } | { kind: 'again' } | { kind: 'wait'; times: number } | { kind: 'split' };

/** The failure of a batch whose first records may have been handled. */
interface Failure {
  handled: number;
  reason: string;
  /** False when the function responded, and reported records as failed. */
  functionFailed: boolean;
  isThrottled: boolean;
}

/** Counts that the halves of a batch share with it. */
interface Counts {
  /** Failures that count towards MaximumRetryAttempts. */
  retries: number;
  /** Invocations of the function with these records, possibly among others. */
  invocations: number;
  functionFailed: boolean;
}

/** The delivery of one batch. */
class Delivery {
  readonly #options: DeliverOptions;
  readonly #clock: AgeClock;
  readonly #handled: (records: StreamRecord[]) => void;
  #records: StreamRecord[];
  #counts: Counts;
  /** Invocations that did not count: throttled, or hindered by this machine. */
  #uncounted = 0;

  constructor(
    options: DeliverOptions,
    clock: AgeClock,
    records: StreamRecord[],
    handled: (records: StreamRecord[]) => void,
    counts: Counts = { retries: 0, invocations: 0, functionFailed: false },
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#records = records;
    this.#handled = handled;
    this.#counts = { ...counts };
  }

  async run(): Promise<void> {
    const { stopping } = this.#options;
    for (;;) {
      const areKept = await this.#dropOld();
      if (!areKept || this.#records.length === 0 || stopping.aborted) {
        return;
      }
      const next = await this.#attempt();
      switch (next.kind) {
        case 'done':
          return;
        case 'again':
          break;
        case 'wait':
          await this.#wait(next.times);
          break;
        case 'split':
          return this.#split();
      }
    }
  }

  async #attempt(): Promise<Next> {
    const { invoke, mapping, stopping } = this.#options;
    const result = await invoke(this.#records);
    this.#counts.invocations += 1;
    const failure = failureOf(result, this.#records, mapping);
    if (failure === null) {
      this.#settle(this.#records.length);
      return { kind: 'done' };
    }
    if (stopping.aborted && failure.functionFailed) {
      return { kind: 'done' };
    }
    if (failure.handled > 0) {
      this.#settle(failure.handled);
      this.#counts.retries = 0;
    }
    return this.#afterFailure(failure);
  }

  async #afterFailure(failure: Failure): Promise<Next> {
    const { hindrance, report, mapping } = this.#options;
    const hindered = (await hindrance?.()) ?? null;
    if (hindered !== null) {
      if (this.#uncounted === 0) {
        report(`${failure.reason}, and ${hindered}; it is retried when that is over`, this.#records);
      }
      this.#clock.restart();
      return this.#waitUncounted();
    }
    if (this.#counts.invocations === 1) {
      report(failure.reason, this.#records);
    }
    this.#counts.functionFailed = failure.functionFailed;
    if (failure.isThrottled) {
      return this.#waitUncounted();
    }
    if (mapping.bisectBatchOnFunctionError && failure.handled > 0) {
      return { kind: 'again' };
    }
    if (mapping.bisectBatchOnFunctionError && this.#records.length > 1) {
      return { kind: 'split' };
    }
    return this.#retry();
  }

  #waitUncounted(): Next {
    this.#uncounted += 1;
    return { kind: 'wait', times: this.#uncounted };
  }

  async #retry(): Promise<Next> {
    const { maximumRetryAttempts } = this.#options.mapping;
    this.#counts.retries += 1;
    if (maximumRetryAttempts === -1 || this.#counts.retries <= maximumRetryAttempts) {
      return { kind: 'wait', times: this.#counts.retries };
    }
    await this.#drop(this.#records.length, 'RetryAttemptsExhausted');
    return { kind: 'done' };
  }

  async #split(): Promise<void> {
    const middle = Math.ceil(this.#records.length / 2);
    for (const half of [this.#records.slice(0, middle), this.#records.slice(middle)]) {
      if (!this.#options.stopping.aborted) {
        await new Delivery(this.#options, this.#clock, half, this.#handled, this.#counts).run();
      }
    }
  }

  /** Drops the records that are too old, with those before them. @returns false when the server stops before they are kept */
  #dropOld(): Promise<boolean> | boolean {
    const count = this.#records.findLastIndex((record) => this.#clock.isTooOld(record)) + 1;
    return count === 0 || this.#drop(count, 'RecordAgeExceeded');
  }

  async #drop(count: number, condition: DroppedRecords['condition']): Promise<boolean> {
    const { invocations, functionFailed } = this.#counts;
    const records = this.#records.slice(0, count);
    const isKept = await this.#options.dropRecords({ records, condition, invocations, functionFailed });
    if (isKept) {
      this.#settle(count);
    }
    return isKept;
  }

  /** Marks the first records as finished. */
  #settle(count: number): void {
    const settled = this.#records.slice(0, count);
    this.#records = this.#records.slice(count);
    this.#handled(settled);
  }

  async #wait(times: number): Promise<void> {
    const { firstWaitMs = FIRST_WAIT_MS, stopping } = this.#options;
    const ms = Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (times - 1));
    await sleep(ms, null, { signal: stopping }).catch(() => null);
  }
}

function failureOf(
  result: InvocationResult,
  records: StreamRecord[],
  mapping: EventSourceMappingModel,
): Failure | null {
  switch (result.kind) {
    case 'function-error': {
      const reason = `it failed with ${result.errorType}: ${result.errorMessage}`;
      return { handled: 0, reason, functionFailed: true, isThrottled: false };
    }
    case 'host-error': {
      const reason = `${result.type}: ${result.message}`;
      const isThrottled = result.type === 'TooManyRequestsException';
      return { handled: 0, reason, functionFailed: true, isThrottled };
    }
    case 'answer': {
      if (!mapping.reportBatchItemFailures) {
        return null;
      }
      const outcome = readItemFailures(result.payload, records.map(sequenceNumberOf));
      return outcome.all ? null : { ...outcome, functionFailed: false, isThrottled: false };
    }
  }
}
