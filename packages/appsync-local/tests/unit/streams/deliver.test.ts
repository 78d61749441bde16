import { describe, expect, it } from 'vitest';
import { createDeliver, type DeliverOptions, type InvocationResult } from '../../../src/streams/deliver.ts';
import type { EventSourceMappingModel } from '../../../src/template/app-model.ts';
import { mappingModel, numbersOf, record, records } from './harness/records.ts';

const answer = (payload: unknown = null): InvocationResult => ({ kind: 'answer', payload });
const reports = (number: number): InvocationResult =>
  answer({ batchItemFailures: [{ itemIdentifier: String(number) }] });
const error: InvocationResult = { kind: 'function-error', errorType: 'Error', errorMessage: 'no' };

/** @param respond answers an invocation with these records, the `count`-th, from 1 */
function delivery(
  model: Partial<EventSourceMappingModel>,
  respond: (numbers: number[], count: number) => InvocationResult,
  more: Partial<DeliverOptions> = {},
) {
  const seen: { invoked: number[][]; handled: number[][]; dropped: unknown[]; reported: string[] } = {
    invoked: [],
    handled: [],
    dropped: [],
    reported: [],
  };
  const deliver = createDeliver({
    mapping: mappingModel(model),
    invoke: async (batch) => {
      seen.invoked.push(numbersOf(batch));
      return respond(numbersOf(batch), seen.invoked.length);
    },
    dropRecords: async ({ records: given, ...why }) =>
      seen.dropped.push({ ...why, records: numbersOf(given) }) > 0,
    report: (reason) => void seen.reported.push(reason),
    stopping: new AbortController().signal,
    firstWaitMs: 0,
    ...more,
  });
  return {
    seen,
    deliver: (batch = records(1, 4)) => deliver(batch, (part) => seen.handled.push(numbersOf(part))),
  };
}

describe('a batch', () => {
  it('is invoked once when it goes well', async () => {
    const { seen, deliver } = delivery({}, () => answer());

    await deliver();

    expect(seen).toEqual({ invoked: [[1, 2, 3, 4]], handled: [[1, 2, 3, 4]], dropped: [], reported: [] });
  });

  it('is tried again as a whole until it goes well', async () => {
    const { seen, deliver } = delivery({}, (_, count) => (count < 5 ? error : answer()));

    await deliver();

    expect(seen.invoked).toEqual(Array(5).fill([1, 2, 3, 4]));
    expect(seen.handled).toEqual([[1, 2, 3, 4]]);
    expect(seen.reported).toEqual(['it failed with Error: no']);
  });

  it('is dropped after MaximumRetryAttempts, and counts as handled', async () => {
    const { seen, deliver } = delivery({ maximumRetryAttempts: 2 }, () => error);

    await deliver();

    expect(seen.invoked).toHaveLength(3);
    expect(seen.dropped).toEqual([
      { records: [1, 2, 3, 4], condition: 'RetryAttemptsExhausted', invocations: 3, functionFailed: true },
    ]);
    expect(seen.handled).toEqual([[1, 2, 3, 4]]);
  });

  it('is halved until the record that fails is alone, which is given up', async () => {
    const { seen, deliver } = delivery(
      { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 },
      (numbers) => (numbers.includes(3) ? error : answer()),
    );

    await deliver();

    expect(seen.invoked).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(seen.handled).toEqual([[1, 2], [3], [4]]);
    expect(seen.dropped).toMatchObject([{ records: [3], invocations: 4 }]);
  });

  it('is cut at the lowest number that the function reports', async () => {
    const { seen, deliver } = delivery({ reportBatchItemFailures: true }, (_, count) =>
      count === 1 ? reports(3) : answer(),
    );

    await deliver();

    expect(seen.invoked).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
    expect(seen.handled).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('with a record that is always reported loses only that one where it may be halved', async () => {
    const { seen, deliver } = delivery(
      { reportBatchItemFailures: true, bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 },
      (numbers) => (numbers.includes(2) ? reports(2) : answer()),
    );

    await deliver();

    expect(seen.invoked).toEqual([[1, 2, 3, 4], [2, 3, 4], [2, 3], [2], [3], [4]]);
    expect(seen.dropped).toMatchObject([{ records: [2], functionFailed: false }]);
    expect(seen.handled.flat()).toEqual([1, 2, 3, 4]);
  });

  it('ignores what the function reports unless the mapping asks for it', async () => {
    const { seen, deliver } = delivery({}, () => reports(1));

    await deliver();

    expect(seen.invoked).toHaveLength(1);
  });

  it('loses the records that are too old, before they are sent', async () => {
    const { seen, deliver } = delivery({ maximumRecordAgeSeconds: 60 }, () => answer());
    const old = Math.floor(Date.now() / 1000) - 100;

    await deliver([record(1, { createdAt: old }), record(2)]);

    expect(seen.invoked).toEqual([[2]]);
    expect(seen.dropped).toMatchObject([{ records: [1], condition: 'RecordAgeExceeded', invocations: 0 }]);
    expect(seen.handled).toEqual([[1], [2]]);
  });

  it('waits for a function that has no concurrency left, which is no retry', async () => {
    const throttled: InvocationResult = { kind: 'host-error', type: 'TooManyRequestsException', message: '' };
    const { seen, deliver } = delivery({ maximumRetryAttempts: 0 }, (_, count) =>
      count < 3 ? throttled : answer(),
    );

    await deliver();

    expect(seen.invoked).toHaveLength(3);
    expect(seen.dropped).toEqual([]);
  });

  it('that fails while the server stops is neither handled nor given up', async () => {
    const stopping = new AbortController();
    const { seen, deliver } = delivery(
      { maximumRetryAttempts: 0 },
      () => {
        stopping.abort();
        return error;
      },
      { stopping: stopping.signal },
    );

    await deliver();

    expect(seen).toMatchObject({ invoked: [[1, 2, 3, 4]], handled: [], dropped: [] });
  });

  it('that fails while this machine hinders the function waits for that to be over, however long, which is no retry', async () => {
    let time = Date.now();
    const { seen, deliver } = delivery(
      { maximumRetryAttempts: 0, maximumRecordAgeSeconds: 60, bisectBatchOnFunctionError: true },
      (_, count) => {
        time += 50_000;
        return count < 10 ? error : answer();
      },
      { hindrance: async () => 'no room is left', now: () => time },
    );

    await deliver();

    expect(seen.reported[0]).toBe(
      'it failed with Error: no, and no room is left; it is retried when that is over',
    );
    expect(seen.invoked).toEqual(Array(10).fill([1, 2, 3, 4]));
    expect(seen.dropped).toEqual([]);
    expect(seen.handled.flat()).toEqual([1, 2, 3, 4]);
  });

  it('grows old only from when somebody could have delivered it', async () => {
    const now = Date.now();
    const { seen, deliver } = delivery({ maximumRecordAgeSeconds: 60 }, () => answer(), {
      since: now - 1000,
    });

    await deliver([record(1, { createdAt: Math.floor(now / 1000) - 5000 })]);

    expect(seen).toMatchObject({ invoked: [[1]], dropped: [] });
  });

  it('that cannot be kept before the server stops is not handled', async () => {
    const { seen, deliver } = delivery({ maximumRetryAttempts: 0 }, () => error, {
      dropRecords: async () => false,
    });

    await deliver();

    expect(seen.handled).toEqual([]);
  });
});
