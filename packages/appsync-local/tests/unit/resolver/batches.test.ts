import { expect, test } from 'vitest';
import { answered, type Batching } from '../../../src/data-sources/data-source.ts';
import { type Batches, createBatches } from '../../../src/resolver/batches.ts';

/** Answers each request with itself and the number of its batch. */
function numbered() {
  const batches: unknown[][] = [];
  const batching: Batching = {
    keyOf: () => 'all',
    invoke: async (requests) => {
      batches.push(requests);
      return requests.map((request) => answered(`${String(request)} in ${batches.length}`));
    },
  };
  return { batching, batches };
}

/** A run that asks once, when `before` has come to pass. */
async function run(batches: Batches, batching: Batching, request: string, before = Promise.resolve()) {
  const one = batches.begin({ field: 'Query.x' });
  await before;
  try {
    return await one.ask(0, batching, 'all', 3, request);
  } finally {
    one.end();
  }
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('requests of one field go out together, in order, and each gets its own answer', async () => {
  const { batching, batches } = numbered();
  const request = createBatches();

  const outcomes = await Promise.all(['a', 'b', 'c'].map((name) => run(request, batching, name)));

  expect(batches).toEqual([['a', 'b', 'c']]);
  expect(outcomes).toEqual(['a in 1', 'b in 1', 'c in 1'].map(answered));
});

test('more than the size allows are split', async () => {
  const { batching, batches } = numbered();
  const request = createBatches();

  await Promise.all(['a', 'b', 'c', 'd'].map((name) => run(request, batching, name)));

  expect(batches).toEqual([['a', 'b', 'c'], ['d']]);
});

test('a batch waits for the runs still under way and keeps the order in which they started', async () => {
  const { batching, batches } = numbered();
  const request = createBatches();

  await Promise.all([run(request, batching, 'slow', later(30)), run(request, batching, 'fast')]);

  expect(batches).toEqual([['slow', 'fast']]);
});

test('a run that ends without asking holds nobody up', async () => {
  const { batching, batches } = numbered();
  const request = createBatches();
  const idle = request.begin({ field: 'Query.x' });

  const asked = run(request, batching, 'a');
  await later(20);
  expect(batches).toEqual([]);
  idle.end();
  await asked;

  expect(batches).toEqual([['a']]);
});

test('other fields, other steps, other keys and other requests are not mixed', async () => {
  const { batching, batches } = numbered();
  const request = createBatches();
  const ask = (one: Batches, field: string, step: number, key: string, name: string) => {
    const batchRun = one.begin({ field });
    return batchRun.ask(step, batching, key, 3, name).finally(() => batchRun.end());
  };

  await Promise.all([
    ask(request, 'Query.x', 0, 'k', 'x'),
    ask(request, 'Query.y', 0, 'k', 'y'),
    ask(request, 'Query.x', 1, 'k', 'x, other step'),
    ask(request, 'Query.x', 0, 'l', 'x, other key'),
    ask(createBatches(), 'Query.x', 0, 'k', 'x, other request'),
  ]);

  expect(batches.map(([one, ...more]) => [one, more])).toEqual(
    expect.arrayContaining(
      ['x', 'y', 'x, other step', 'x, other key', 'x, other request'].map((name) => [name, []]),
    ),
  );
});

test('a data source that breaks rejects every request of the batch', async () => {
  const batching: Batching = { keyOf: () => 'all', invoke: () => Promise.reject(new Error('broken')) };
  const request = createBatches();

  const outcomes = await Promise.allSettled(['a', 'b'].map((name) => run(request, batching, name)));

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
