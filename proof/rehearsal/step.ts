import { ProofFailure } from '../proof-failure.ts';

/** Does a step and says so, or fails with what it is called. */
export async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const result = await run();
    console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s ${name}`);
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProofFailure(`Not ${name}: ${reason}`);
  }
}

export type Step = typeof step;
