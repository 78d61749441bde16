import { TransferFailure } from './failure.ts';

/**
 * Runs a command to its exit code. What people can mend is one line; a mistake of our own comes with its stack, for the
 * report they may write. The first Ctrl-C lets the command come to a point from which it can be resumed, a second one
 * does not wait.
 */
export async function runCommand(command: (stop: AbortSignal) => Promise<number>): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) {
        process.exit(130);
      }
      stop.abort();
    });
  }
  process.stdout.on('error', () => process.exit(1)); // nobody reads it any longer
  try {
    process.exitCode = await command(stop.signal);
  } catch (error) {
    console.error(error instanceof TransferFailure ? error.message.replaceAll('\n', ' ') : error);
    process.exitCode = 1;
  }
}

/** 128 and the number of SIGINT, as shells have it. */
export const INTERRUPTED = 130;
