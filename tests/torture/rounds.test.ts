import { expect, it } from 'vitest';
import { type Extent, roundsOf } from './rounds.ts';

/** How many rounds of a loop of seven are run, where each takes a second. */
function runs(extent: Extent): number {
  let now = 0;
  return [...roundsOf(extent, () => (now += 1000) - 1000)(7)].length;
}

it.each<[string, Extent, number]>([
  ['a quick run by its count', { counted: 'quick', partMs: 60_000 }, 7],
  ['a brief run by a third of it, rounded up', { counted: 'brief', partMs: 60_000 }, 3],
  ['a counted run by time where that is over first', { counted: 'quick', partMs: 2_000 }, 2],
  ['a run by its time', { partMs: 20_000 }, 20],
  ['none before its first round', { partMs: 0 }, 1],
])('ends %s', (_, extent, count) => {
  expect(runs(extent)).toBe(count);
});
