import { TransferFailure } from '../transfer/transfer-failure.ts'; // part: transfer
import { DeployFailure } from './deploy-failure.ts';

/** Runs a command to its exit code: a failure that people can act on gets one line. */
export async function endCommand(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    const isKnown =
      error instanceof TransferFailure || // part: transfer
      error instanceof DeployFailure;
    console.error(isKnown ? error.message : error);
    process.exitCode = 1;
  }
}
