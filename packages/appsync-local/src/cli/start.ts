import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { StartFailure } from '../ground/start-failure.ts';
import { type LocalServer, start } from '../start/start.ts';
import { helpText, parseOptions } from './options.ts';
import { readyLines, refusalLines } from './output.ts';
import { sourceStack } from './source-stack.ts';
import { outliveOutput } from './standard-output.ts';
import { TerminalLog } from './terminal-log.ts';

/** Closing waits a few seconds at most for running requests and Lambda functions. */
const CLOSE_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  outliveOutput();
  const options = parseOptions(process.argv.slice(2), process.env);
  if (!options) {
    console.log(helpText());
    return;
  }
  const log = new TerminalLog({ level: options.logLevel, write: (line) => console.error(line) });
  process.on('exit', () => log.flush());
  const stopping = new AbortController();
  const starting = start({ ...options, signal: stopping.signal }, log);
  stopOnSignal(starting, stopping);
  const server = await starting.catch(async (error: unknown) => {
    await endIfStopping(stopping.signal);
    throw error;
  });
  void server.failure.then((reason) => stopFor(reason, server));
  const seconds = process.uptime();
  console.log(readyLines(server, { seconds, dataDirectory: options.dataDirectory }).join('\n'));
  settle();
}

/** Has what V8 compiled kept for the next start, unless it is (load-programs.mjs). Not defined when the program runs from its sources. */
declare const keepCompiled: (() => void) | undefined;

/** Keeps what a start and its first requests have compiled, then sets the flags of a server, with which V8 would not take that again. */
function settle(): void {
  const settled = (): void => {
    clearTimeout(timer);
    process.off('exit', settled);
    if (typeof keepCompiled === 'function') {
      keepCompiled();
    }
    prepareCompiler();
    prepareCollector();
  };
  const timer = setTimeout(settled, SETTLES_MS).unref();
  process.once('exit', settled);
}

const SETTLES_MS = 1_000;

/** Takes back what bin/appsync-local.mjs sets. */
function prepareCompiler(): void {
  if (process.versions.node.startsWith('20.')) {
    setFlagsFromString(`--interrupt-budget=${DEFAULT_BUDGET}`);
  }
}

/** Of Node.js 20 (`node --v8-options`). */
const DEFAULT_BUDGET = 67_584;

/**
 * V8 shrinks the young generation of an idle process to a megabyte and doubles it every few thousand requests, each of which costs a tenth more CPU
 * until it is back at 16 MB (put, 16 connections, measured 2026-11-30). With this growth factor it grows in one step.
 *
 * Where objects have lived long, V8 makes the next ones of the same code in the old generation (pretenuring). The recorder keeps the first 500
 * requests, and V8 made later ones there too, of which nothing is kept: a put took 1.15 times the CPU of a server without a recorder, and 1.03 times
 * without pretenuring (bench, section recorder, 2026-11-30).
 */
function prepareCollector(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/** Stops a server that cannot continue, and says why; otherwise it would refuse everything for ever. */
async function stopFor(reason: string, server: LocalServer): Promise<void> {
  console.error(`${reason}; the server stops, start it again`);
  await Promise.race([server.close().catch(() => undefined), sleep(CLOSE_WITHIN_MS)]);
  process.exit(1);
}

/**
 * Ends without a word when a signal has been received: Ctrl-C reaches the CDK app as well, whose end is then no failure. Waits for one turn of
 * the event loop, since the app's end may be seen before the signal.
 */
async function endIfStopping(stopping: AbortSignal): Promise<void> {
  await setImmediate();
  if (stopping.aborted) {
    process.exit(0);
  }
}

/**
 * The first signal ends a start that is under way, or closes the server in order; a second one exits at once.
 */
function stopOnSignal(starting: Promise<LocalServer>, stopping: AbortController): void {
  const stop = (): void => {
    if (stopping.signal.aborted) {
      process.exit(130);
    }
    stopping.abort();
    // A start that ends without a server is main's to report.
    void starting.then(
      (server) => server.close().then(() => process.exit(0)),
      () => undefined,
    );
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
