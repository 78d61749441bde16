import { median } from '../harness/statistics.ts';
import { costOf, type Asked, type Cost, type Round } from './cost.ts';
import type { Place } from './place.ts';

/** One round of one question at one size. */
export interface Sample extends Cost {
  name: string;
  size: number;
}

/** Of the first thing that is asked: our own code gets quick only after some thousands of requests. */
const WARM_UP_REQUESTS = 3_000;
const WARM_UP_ROUNDS = 5;

/** Asks everything at every size, round after round, so that what else the machine does falls on all sizes alike. */
export async function measureRounds(
  places: Place[],
  asked: Asked[],
  round: Round,
  rounds: number,
  progress: (line: string) => void,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const place of places) {
    progress(`warming up at ${place.size.toLocaleString('en-US')}`);
    const milliseconds = WARM_UP_ROUNDS * round.milliseconds;
    await costOf(place, asked[0]!, { ...round, milliseconds, requests: WARM_UP_REQUESTS });
  }
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const one of asked) {
      for (const place of places) {
        const what = turn === 0 ? 'warming up' : `round ${turn} of ${rounds}`;
        progress(`${what}: ${one.name} at ${place.size.toLocaleString('en-US')}`);
        const cost = await costOf(place, one, round);
        if (turn > 0) {
          samples.push({ ...cost, name: one.name, size: place.size });
        }
      }
    }
  }
  return samples;
}

/** Medians of the rounds, by size. */
export interface Curve {
  name: string;
  points: { size: number; server: number; engine: number; p50Ms: number }[];
}

export function curves(samples: Sample[]): Curve[] {
  const names = [...new Set(samples.map(({ name }) => name))];
  const sizes = [...new Set(samples.map(({ size }) => size))].sort((a, b) => a - b);
  return names.map((name) => ({
    name,
    points: sizes.flatMap((size) => {
      const all = samples.filter((sample) => sample.name === name && sample.size === size);
      const of = (figure: 'server' | 'engine' | 'p50Ms'): number =>
        median(all.map((sample) => sample[figure]));
      return all.length > 0 ? [{ size, server: of('server'), engine: of('engine'), p50Ms: of('p50Ms') }] : [];
    }),
  }));
}

/** How many times as much CPU, both processes together, the largest takes as the smallest. */
export function growthOf({ points }: Curve): number {
  const [first, last] = [points[0]!, points.at(-1)!];
  return (last.server + last.engine) / (first.server + first.engine);
}
