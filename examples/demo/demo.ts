import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from '../../schema/command-line.ts';
import { Screen } from './screen.ts';
import { startServer } from './server.ts';
import { giveTour } from './tour.ts';

const HELP = `Gives a tour of appsync-items in some 45 lines: starts a local server that keeps no data, puts real
items, reads them back, subscribes, shows a Conflict and a ValidationFailed, and prints the latencies
it saw. Exits 0, or 1 with one line that says what went wrong.

Usage: npm run demo

  --help                    Print this.

Colours need a terminal; NO_COLOR=1 takes them away.`;

/** A request fails before the end of the server that failed it is known; this long, in ms, it may take to be. */
const SETTLE_MS = 250;

/** Exit codes of an ended tour, 128 and the signal's number, as shells have it. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Resolves with the exit code once someone wants the tour to end, or nobody reads it any longer. */
function interrupted(): Promise<number> {
  return new Promise((resolve) => {
    for (const [signal, code] of Object.entries(SIGNALS)) {
      process.on(signal, () => resolve(code));
    }
    process.stdout.on('error', () => resolve(1));
  });
}

/** @returns the exit code; no process is left */
async function demo(): Promise<number> {
  const interruption = interrupted(); // first, so that no signal finds a server and nobody to stop it
  const server = startServer();
  const screen = new Screen(process.stdout, process.env.NO_COLOR);
  try {
    const tour = giveTour(server, screen).then(() => 0);
    return await Promise.race([tour, server.died, interruption]);
  } catch (error) {
    const cause = await Promise.race([server.died.catch((death: unknown) => death), delay(SETTLE_MS, error)]);
    screen.close();
    console.error(failureLine(cause));
    return 1;
  } finally {
    screen.close();
    await server.stop();
  }
}

const failureLine = (error: unknown): string =>
  `The tour ended early: ${error instanceof Error ? error.message : String(error)}`.replaceAll('\n', ' ');

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: { help: { type: 'boolean' } } });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
  } catch (error) {
    console.error(`${(error as Error).message}; see npm run demo -- --help`);
    return 1;
  }
  return demo();
}

process.exitCode = await main(process.argv.slice(2));
