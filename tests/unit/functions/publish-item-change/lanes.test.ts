import { expect, test } from 'vitest';
import { publishInLanes } from '../../../../functions/publish-item-change/lanes.ts';
import type { Outcome } from '../../../../functions/publish-item-change/publish.ts';
import { order, report } from '../harness/records.ts';

const inTime = () => false;
const changes = (...ids: string[]) => ids.map((id, index) => report({ id, order: order(index) }));

/** Publishes with these outcomes, by order; the others succeed. */
async function run(ids: string[], fates: Record<number, Outcome> = {}, outOfTime = inTime) {
  const begun: string[] = [];
  const done: string[] = [];
  let running = 0;
  let most = 0;
  const failures = await publishInLanes(
    changes(...ids),
    async ([one]) => {
      begun.push(one!.change.order);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return [fates[Number(one!.change.order)] ?? { type: 'published' }];
    },
    (order) => done.push(order),
    outOfTime,
  );
  return { begun, done, most, failures: [...failures] };
}

test('changes of one item one after the other', async () => {
  const { done, most } = await run(['a', 'a', 'a']);

  expect(done).toEqual([order(0), order(1), order(2)]);
  expect(most).toBe(1);
});

test('those of different items side by side, twenty at a time', async () => {
  const { done, most } = await run(Array.from({ length: 40 }, (_, index) => `id-${index}`));

  expect(done).toHaveLength(40);
  expect(most).toBe(20);
});

test('after one that must be tried again the later ones of its item wait, others do not', async () => {
  const { begun, done, failures } = await run(['a', 'b', 'a', 'b'], {
    0: { type: 'later', reason: 'HTTP 500' },
  });

  expect(begun).not.toContain(order(2));
  expect(done).toEqual([order(1), order(3)]);
  expect(failures).toEqual([
    [order(0), 'publish: HTTP 500'],
    [order(2), 'publish: HTTP 500'],
  ]);
});

test('one that is refused for good holds nothing up', async () => {
  const { done, failures } = await run(['a', 'a'], { 0: { type: 'refused', reason: 'Unauthorized' } });

  expect(done).toEqual([order(1)]);
  expect(failures).toEqual([[order(0), 'publish: Unauthorized']]);
});

test('nothing is begun when the time is over', async () => {
  const { begun, failures } = await run(['a', 'b'], {}, () => true);

  expect(begun).toEqual([]);
  expect(failures).toEqual([
    [order(0), 'publish: out of time'],
    [order(1), 'publish: out of time'],
  ]);
});
