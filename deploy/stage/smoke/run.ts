import { Unexpected } from './api.ts';
import type { Step } from './steps.ts';

/**
 * Runs steps in order and reports each on a line; what comes after one that fails is not tried.
 * @returns whether all succeeded
 */
export async function runSteps(steps: readonly Step[], print: (line: string) => void): Promise<boolean> {
  const width = Math.max(...steps.map(([name]) => name.length));
  for (const [at, [name, run]] of steps.entries()) {
    const start = performance.now();
    try {
      await run();
      print(`ok    ${name.padEnd(width)}  ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      if (!(error instanceof Unexpected)) {
        throw error;
      }
      print(`FAIL  ${name.padEnd(width)}  ${error.message}`);
      steps.slice(at + 1).forEach(([skipped]) => print(`-     ${skipped.padEnd(width)}  not tried`));
      return false;
    }
  }
  return true;
}
