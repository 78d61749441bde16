import { explainSystemError, TransferFailure } from './transfer-failure.ts';

/**
 * Runs a command to its exit code. A failure that people can fix gets one line; a bug of ours gets its stack, for a report. The
 * first Ctrl-C stops the command at a point from which it can be resumed, a second one ends it at once.
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
  } catch (thrown) {
    const error = explainSystemError(thrown);
    console.error(error instanceof TransferFailure ? error.message.replaceAll('\n', ' ') : error);
    process.exitCode = 1;
  }
}

/** 128 plus the number of SIGINT, as in shells. */
export const INTERRUPTED = 130;
