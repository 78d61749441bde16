import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from '../ground/start-failure.ts';
import { type LocalServer, start } from '../start/start.ts';
import { helpText, parseOptions } from './options.ts';
import { readyLines, refusalLines } from './output.ts';
import { sourceStack } from './source-stack.ts';
import { TerminalLog } from './terminal-log.ts';

/** Closing waits a few seconds at most for running requests and Lambda functions. */
const CLOSE_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (!options) {
    console.log(helpText());
    return;
  }
  const log = new TerminalLog({ level: options.logLevel, write: (line) => console.error(line) });
  process.on('exit', () => log.flush());
  const starting = start(options, log);
  stopOnSignal(starting);
  const server = await starting;
  void server.failure.then((reason) => stopFor(reason, server));
  const seconds = process.uptime();
  console.log(readyLines(server, { seconds, dataDirectory: options.dataDirectory }).join('\n'));
}

/** Stops a server that cannot continue, and says why; otherwise it would refuse everything for ever. */
async function stopFor(reason: string, server: LocalServer): Promise<void> {
  console.error(`${reason}; the server stops, start it again`);
  await Promise.race([server.close().catch(() => undefined), sleep(CLOSE_WITHIN_MS)]);
  process.exit(1);
}

/** The first signal closes the server in order, once it has started; a second one exits at once. */
function stopOnSignal(starting: Promise<LocalServer>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) {
      process.exit(130);
    }
    stopping = true;
    void starting.then((server) => server.close()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  process.on('SIGBREAK', stop); // Ctrl-Break; on Windows only
}

/** A failure that people can fix gets a line for each reason; a bug of ours gets its stack, for a report. */
main().catch((error: unknown) => {
  console.error(error instanceof StartFailure ? refusalLines(error).join('\n') : inSources(error));
  process.exit(1);
});

// Unexpected errors, just before Node.js prints them and exits.
process.on('uncaughtExceptionMonitor', inSources);

/** Maps the stack of an error to lines of the sources. */
function inSources(error: unknown): unknown {
  if (error instanceof Error && error.stack) {
    error.stack = sourceStack(error.stack);
  }
  return error;
}
