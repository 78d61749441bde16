/** What was measured of one operation; all times are in milliseconds. */
export interface LatencySummary {
  operation: string;
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** The latencies seen, by operation, in the order the operations were first seen. */
export class Latencies {
  readonly #samples = new Map<string, number[]>();

  /** @param ms from sending to having the whole answer */
  record(operation: string, ms: number): void {
    const samples = this.#samples.get(operation);
    if (samples) {
      samples.push(ms);
    } else {
      this.#samples.set(operation, [ms]);
    }
  }

  summaries(): LatencySummary[] {
    return [...this.#samples].map(([operation, samples]) => summarize(operation, samples));
  }
}

/** @param samples at least one, in any order */
export function summarize(operation: string, samples: readonly number[]): LatencySummary {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    operation,
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    max: percentile(sorted, 1),
  };
}

/** Nearest rank: always a latency that was seen, never one between two. */
function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  if (value === undefined) {
    throw new RangeError('a percentile needs at least one sample');
  }
  return value;
}
