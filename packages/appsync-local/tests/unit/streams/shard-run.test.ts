import { expect, it } from 'vitest';
import type { InvocationResult } from '../../../src/streams/deliver.ts';
import type { MappingOptions } from '../../../src/streams/mapping-options.ts';
import { ShardRun } from '../../../src/streams/shard-run.ts';
import type { StreamRecord } from '../../../src/streams/stream-record.ts';
import { createWake, type Wake } from '../../../src/streams/wake.ts';
import { mappingModel, numbersOf, records } from './harness/records.ts';

const next = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const optionsOf = (more: Partial<MappingOptions>): MappingOptions => ({
  mapping: mappingModel(),
  region: 'eu-west-1',
  localStreamArn: 'arn:local',
  call: () => Promise.reject(new Error('not called')),
  invoke: () => Promise.reject(new Error('not called')),
  passes: () => true,
  checkpoint: { load: () => null, save: () => undefined, flush: () => Promise.resolve() },
  failures: undefined as unknown as MappingOptions['failures'],
  wake: createWake(),
  idleMs: 1,
  hindrance: () => Promise.resolve(null),
  report: () => undefined,
  ...more,
});

/** A shard of one page, and a function whose invocations end when told to. */
function running(page: StreamRecord[], more: Partial<MappingOptions> = {}) {
  const seen: { invoked: number[][]; saved: string[] } = { invoked: [], saved: [] };
  const answers: ((result: InvocationResult) => void)[] = [];
  const stopping = new AbortController();
  const pages = [page];
  const options = optionsOf({
    mapping: mappingModel({ batchSize: 2 }),
    invoke: (_, event) => {
      seen.invoked.push(numbersOf((JSON.parse(event) as { Records: StreamRecord[] }).Records));
      return new Promise((resolve) => answers.push(resolve));
    },
    ...more,
  });
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

/** What a shard's reader and its wake are asked, in order. Each read finds one of the pages, and then nothing. */
async function questions(...pages: StreamRecord[][]): Promise<string[]> {
  const asked: string[] = [];
  const stopping = new AbortController();
  let waits = 0;
  const wake: Wake = {
    ...createWake(),
    // Each wait ends with a signal.
    count: () => waits,
    listen: () => {
      asked.push('listen');
      return () => asked.push('no longer');
    },
    wait: () => {
      asked.push('wait');
      waits += 1;
      if (waits > 4) {
        stopping.abort();
      }
      return Promise.resolve();
    },
  };
  const reader = {
    open: () => Promise.resolve(),
    read: () => {
      const records = pages.shift() ?? [];
      asked.push(`read ${records.length}`);
      return Promise.resolve({ records, ended: false });
    },
  };
  const options = {
    ...optionsOf({ mapping: mappingModel({ batchSize: 2 }), idleMs: 60_000, wake }),
    invoke: () => {
      asked.push('invoke');
      return Promise.resolve<InvocationResult>({ kind: 'answer', payload: null });
    },
  };
  await new ShardRun(options, 'shard', reader, stopping.signal, () => undefined).run();
  return asked;
}

it('reads once more when it listens, so that no write between is missed, before it waits', async () => {
  const asked = await questions();

  expect(asked.slice(0, 4)).toEqual(['read 0', 'listen', 'read 0', 'wait']);
  expect(asked.at(-1)).toBe('no longer');
});

it('listens for writes until there is something to read', async () => {
  const asked = await questions([], [], records(1, 2), records(3, 4));

  expect(asked.slice(0, 12)).toEqual([
    ...['read 0', 'listen', 'read 0', 'wait'],
    ...['read 2', 'no longer', 'invoke', 'read 2', 'invoke'],
    ...['read 0', 'listen', 'read 0'],
  ]);
});
