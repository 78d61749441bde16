import { expect, it } from 'vitest';
import type { InvocationResult } from '../../../src/streams/deliver.ts';
import type { MappingOptions } from '../../../src/streams/mapping-options.ts';
import { ShardRun } from '../../../src/streams/shard-run.ts';
import type { StreamRecord } from '../../../src/streams/stream-record.ts';
import { createWake } from '../../../src/streams/wake.ts';
import { mappingModel, numbersOf, records } from './harness/records.ts';

const next = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A shard of one page, and a function whose invocations end when told to. */
function running(page: StreamRecord[], more: Partial<MappingOptions> = {}) {
  const seen: { invoked: number[][]; saved: string[] } = { invoked: [], saved: [] };
  const answers: ((result: InvocationResult) => void)[] = [];
  const stopping = new AbortController();
  const pages = [page];
  const options: MappingOptions = {
    mapping: mappingModel({ batchSize: 2 }),
    region: 'eu-west-1',
    localStreamArn: 'arn:local',
    call: () => Promise.reject(new Error('not called')),
    invoke: (_, event) => {
      seen.invoked.push(numbersOf((JSON.parse(event) as { Records: StreamRecord[] }).Records));
      return new Promise((resolve) => answers.push(resolve));
    },
    passes: () => true,
    checkpoint: { load: () => null, save: () => undefined, flush: () => Promise.resolve() },
    failures: undefined as unknown as MappingOptions['failures'],
    wake: createWake(),
    idleMs: 1,
    hindrance: () => Promise.resolve(null),
    report: () => undefined,
    ...more,
  };
  const reader = {
    open: () => Promise.resolve(),
    read: () => Promise.resolve({ records: pages.shift() ?? [], ended: pages.length === 0 }),
  };
  const run = new ShardRun(options, 'shard', reader, stopping.signal, (after) => seen.saved.push(after));
  const ended = run.run();
  const answer = async (): Promise<void> => {
    answers.shift()!({ kind: 'answer', payload: null });
    await next();
  };
  return { seen, ended, answer };
}

it('moves the position once a batch is handled, not when it is read or sent', async () => {
  const { seen, ended, answer } = running(records(1, 3));

  await next();
  const sent = structuredClone(seen);
  await answer();
  const half = structuredClone(seen);
  await answer();
  await ended;

  expect(sent).toEqual({ invoked: [[1, 2]], saved: [] });
  expect(half).toEqual({ invoked: [[1, 2], [3]], saved: ['2'] });
  expect(seen.saved).toEqual(['2', '3']);
});

it('moves the position past records that the filters leave out', async () => {
  const { seen, ended } = running(records(1, 3), { passes: () => false });

  await ended;

  expect(seen).toEqual({ invoked: [], saved: ['3'] });
});
