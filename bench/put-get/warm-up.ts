import type { Load } from '../harness/load.ts';
import type { BenchContext } from '../section.ts';
import { OPERATIONS, order, type Running } from './contest.ts';

/** A turn puts and gets WARM_UP_REQUESTS items each, or as many as it can in `turnMs` milliseconds each. */
export interface WarmUpPlan {
  fewestTurns: number;
  mostTurns: number;
  turnMs: number;
}

/** Writes every id, then puts and gets for as long as the server's CPU falls. */
export async function warmUp(
  load: Load,
  contender: Running,
  { fewestTurns, mostTurns, turnMs }: WarmUpPlan,
  { progress }: BenchContext,
): Promise<void> {
  progress(`warming up ${contender.label}`);
  const operations = contender.onlyTargets ? (['put'] as const) : OPERATIONS;
  for (const operation of operations) {
    // Every id is written once, so that every get finds one.
    await load.run({ ...order(contender, operation, 16), requests: 1_000 });
  }
  const taken: number[] = [];
  while (taken.length < fewestTurns || (taken.length < mostTurns && isFalling(taken))) {
    progress(`warming up ${contender.label}, turn ${taken.length + 1}`);
    const before = await contender.server.cpu();
    let requests = 0;
    // Puts and gets alternate as in rounds: without that, gets of a quick run took 1.4 times one hop instead of 1.2 (measured 2026-11-30).
    for (const operation of operations) {
      const done = await load.run({
        ...order(contender, operation, 16),
        requests: WARM_UP_REQUESTS,
        milliseconds: turnMs,
      });
      requests += done.requests;
    }
    taken.push(((await contender.server.cpu()) - before) / requests);
  }
}

/** Of each operation, in one turn. */
const WARM_UP_REQUESTS = 800;

/**
 * Whether one of the last three turns took at least 3 % less than every turn before them.
 * @param taken µs of CPU for each request, turn by turn
 */
export const isFalling = (taken: number[]): boolean =>
  Math.min(...taken.slice(-3)) < 0.97 * Math.min(...taken.slice(0, -3));
