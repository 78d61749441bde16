import { DeployFailure } from '../deploy-failure.ts';

/** Runs a command to its exit code: a failure that people can act on gets one line. */
export async function runStageCommand(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof DeployFailure ? error.message : error);
    process.exitCode = 1;
  }
}
