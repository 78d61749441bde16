import type { Publish, Outcome } from './publish.ts';
import type { Report } from './report.ts';

/**
 * Changes published in one request. One, because it is unknown whether AppSync delivers aliased mutations of one request to
 * subscribers: they were seen not to arrive (dillonkearns/elm-graphql#106), and no document promises it. More would cost less
 * (docs/costs.md); raise it once they have been seen to arrive.
 */
export const CHANGES_PER_REQUEST = 1;

/**
 * Concurrent requests: as many as the function's share of a processor can make while the first are answered. With 512 MB it has 0.29 of
 * one, a change costs 0.2 ms of a whole one (measured 2026-11-30) and a request takes some 20 ms.
 */
export const LANES = 20;

/** Groups reports by item, in their order. */
export function lanesOf(reports: readonly Report[]): Report[][] {
  const lanes = new Map<string, Report[]>();
  for (const report of reports) {
    const lane = lanes.get(report.change.id);
    if (lane) {
      lane.push(report);
    } else {
      lanes.set(report.change.id, [report]);
    }
  }
  return [...lanes.values()];
}

/**
 * Publishes the changes of each item in order and those of different items concurrently. After a change that must be retried,
 * later ones of its item wait too; a change that is refused for good holds nothing up.
 * @param done called with each change that was published
 * @param outOfTime asked before each request
 * @returns the changes that were not published, by their order
 */
export async function publishInLanes(
  reports: readonly Report[],
  publish: Publish,
  done: (order: string) => void,
  outOfTime: () => boolean,
): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  const lanes = lanesOf(reports);

  async function publishLane(lane: readonly Report[]): Promise<void> {
    let waiting: string | null = null;
    for (let start = 0; start < lane.length; start += CHANGES_PER_REQUEST) {
      const some = lane.slice(start, start + CHANGES_PER_REQUEST);
      waiting ??= outOfTime() ? 'out of time' : null;
      const outcomes: Outcome[] =
        waiting === null ? await publish(some) : some.map(() => ({ type: 'later', reason: waiting! }));
      some.forEach(({ change }, index) => {
        const outcome = outcomes[index]!;
        if (outcome.type === 'published') {
          done(change.order);
        } else {
          failures.set(change.order, `publish: ${outcome.reason}`);
        }
        if (outcome.type === 'later') {
          waiting ??= outcome.reason;
        }
      });
    }
  }

  async function work(): Promise<void> {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      await publishLane(lane);
    }
  }

  await Promise.all(Array.from({ length: LANES }, work));
  return failures;
}
