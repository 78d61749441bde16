import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSourceMappingModel } from '../template/app-model.ts';
import type { GivenUp } from './failure-document.ts';
import { readItemFailures } from './item-failures.ts';
import { arrivalOf, sequenceNumberOf, type StreamRecord } from './stream-record.ts';

/** What an invocation came to, as the Lambda room tells it. */
export type InvocationResult =
  | { kind: 'answer'; payload: unknown }
  | { kind: 'function-error'; errorType: string; errorMessage: string }
  | { kind: 'host-error'; type: string; message: string };

export interface DeliverOptions {
  mapping: EventSourceMappingModel;
  invoke(records: StreamRecord[]): Promise<InvocationResult>;
  /** Records that will not be tried again. @returns false when the server stops before they are kept: they are not handled then */
  giveUp(
    givenUp: Pick<GivenUp, 'records' | 'condition' | 'invocations' | 'functionFailed'>,
  ): Promise<boolean>;
  /**
   * Why this machine hinders the function, such as a full disk; null while it does not. AWS has no such troubles, so while there is
   * one a batch is tried again without its counting as a retry, and grows no older. @default never
   */
  hindrance?: () => Promise<string | null>;
  /** Epoch milliseconds; the age of a record counts from then at the earliest, as nobody could deliver it before. @default 0 */
  since?: number;
  /** Told of the first failure of a batch. */
  report(reason: string, records: StreamRecord[]): void;
  /** Aborted when the server stops: nothing is tried again after that. */
  stopping: AbortSignal;
  /** Milliseconds before the first retry; doubled with each, at most {@link LONGEST_WAIT_MS}. @default 100 */
  firstWaitMs?: number;
  /** @returns epoch milliseconds @default Date.now */
  now?: () => number;
}

/** Sees that a batch is handled; calls `handled` with each part that is, in order. Stops early only when the server does. */
export type Deliver = (records: StreamRecord[], handled: (records: StreamRecord[]) => void) => Promise<void>;

/** DynamoDB keeps stream records for 24 hours. */
const KEPT_SECONDS = 86_400;
/** Lambda documents an exponential back-off for retries, but no numbers. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/**
 * Invokes a function with a batch until it is handled, as Lambda does for streams: retries, bisecting, partial batch
 * responses, limits of retries and age (Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB").
 *
 * Where the guide is silent: splitting a batch is not a retry; a batch of which a part was handled starts to count anew;
 * an invocation that Lambda itself refused for want of concurrency is not a retry.
 */
export function createDeliver(options: DeliverOptions): Deliver {
  const { mapping, stopping, now = Date.now, firstWaitMs = FIRST_WAIT_MS } = options;
  let agesFrom = options.since ?? 0;
  const maximumAgeMs =
    (mapping.maximumRecordAgeSeconds === -1 ? KEPT_SECONDS : mapping.maximumRecordAgeSeconds) * 1000;

  async function deliver(batch: Batch, handled: (records: StreamRecord[]) => void): Promise<void> {
    let { records, retries, invocations } = batch;
    for (let refusals = 0; ;) {
      const tooOld = records.findLastIndex((record) => ageOf(record) > maximumAgeMs) + 1;
      if (tooOld > 0) {
        const expired = records.slice(0, tooOld);
        const isKept = await options.giveUp({
          records: expired,
          condition: 'RecordAgeExceeded',
          invocations,
          functionFailed: batch.functionFailed,
        });
        if (!isKept) {
          return;
        }
        handled(expired);
        records = records.slice(tooOld);
      }
      if (records.length === 0 || stopping.aborted) {
        return;
      }

      const result = await options.invoke(records);
      invocations += 1;
      const failure = failureOf(result, records);
      if (failure === null) {
        return handled(records);
      }
      if (stopping.aborted && result.kind !== 'answer') {
        return;
      }
      if (failure.handled > 0) {
        handled(records.slice(0, failure.handled));
        records = records.slice(failure.handled);
        retries = 0;
      }
      const hindrance = (await options.hindrance?.()) ?? null;
      if (hindrance !== null) {
        if (refusals === 0) {
          options.report(`${failure.reason}, and ${hindrance}; it is tried again once that is over`, records);
        }
        agesFrom = now();
        refusals += 1;
        await wait(refusals);
        continue;
      }
      if (invocations === 1) {
        options.report(failure.reason, records);
      }
      batch = { records, retries, invocations, functionFailed: result.kind !== 'answer' };

      if (isThrottled(result)) {
        refusals += 1;
        await wait(refusals);
        continue;
      }
      if (failure.handled > 0 && mapping.bisectBatchOnFunctionError) {
        continue;
      }
      if (mapping.bisectBatchOnFunctionError && records.length > 1) {
        const middle = Math.ceil(records.length / 2);
        await deliver({ ...batch, records: records.slice(0, middle) }, handled);
        if (!stopping.aborted) {
          await deliver({ ...batch, records: records.slice(middle) }, handled);
        }
        return;
      }
      retries += 1;
      if (mapping.maximumRetryAttempts !== -1 && retries > mapping.maximumRetryAttempts) {
        const isKept = await options.giveUp({
          records,
          condition: 'RetryAttemptsExhausted',
          invocations,
          functionFailed: batch.functionFailed,
        });
        return isKept ? handled(records) : undefined;
      }
      await wait(retries);
    }
  }

  const ageOf = (record: StreamRecord): number => now() - Math.max(arrivalOf(record), agesFrom);

  function failureOf(
    result: InvocationResult,
    records: StreamRecord[],
  ): { handled: number; reason: string } | null {
    if (result.kind === 'function-error') {
      return { handled: 0, reason: `it failed with ${result.errorType}: ${result.errorMessage}` };
    }
    if (result.kind === 'host-error') {
      return { handled: 0, reason: `${result.type}: ${result.message}` };
    }
    if (!mapping.reportBatchItemFailures) {
      return null;
    }
    const outcome = readItemFailures(result.payload, records.map(sequenceNumberOf));
    return outcome.all ? null : outcome;
  }

  const wait = (times: number): Promise<unknown> =>
    sleep(Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (times - 1)), null, { signal: stopping }).catch(
      () => null,
    );

  return (records, handled) =>
    deliver({ records, retries: 0, invocations: 0, functionFailed: false }, handled);
}

interface Batch {
  records: StreamRecord[];
  /** Failures that count towards MaximumRetryAttempts. */
  retries: number;
  /** Of the function with these records, among others perhaps. */
  invocations: number;
  functionFailed: boolean;
}

const isThrottled = (result: InvocationResult): boolean =>
  result.kind === 'host-error' && result.type === 'TooManyRequestsException';
