import { Mistake } from './mistake.ts';

/** Runs a CDK app to its exit code: a mistake of whoever calls it is told without a stack. */
export async function runApp(synthesize: () => void | Promise<void>): Promise<void> {
  try {
    await synthesize();
  } catch (error) {
    if (!(error instanceof Mistake)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}
