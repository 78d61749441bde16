import type { BenchContext } from '../section.ts';

/** Contenders of one start, and who could not be had. */
export interface Started<Contender> {
  running: Contender[];
  skipped: string[];
}

/** Measures several starts, one after the other. Progress says which one it is. */
export async function eachStart<One>(
  starts: number,
  context: BenchContext,
  measure: (start: number, context: BenchContext) => Promise<One>,
): Promise<One[]> {
  const measured: One[] = [];
  for (let start = 0; start < starts; start += 1) {
    const progress = (line: string): void => context.progress(`start ${start + 1} of ${starts}, ${line}`);
    measured.push(await measure(start, { ...context, progress }));
  }
  return measured;
}

/** Who was there in every start, and why the others were not. */
export function together<Contender extends { label: string }>(
  starts: readonly Started<Contender>[],
): Started<Contender> {
  const isEverywhere = ({ label }: Contender): boolean =>
    starts.every(({ running }) => running.some((one) => one.label === label));
  return {
    running: starts[0]!.running.filter(isEverywhere),
    skipped: [...new Set(starts.flatMap(({ skipped }) => skipped))],
  };
}
