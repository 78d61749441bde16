import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess, type Program } from './engine-process.ts';
import { createEngineTools } from './engine-tools.ts';
import { findFreePorts, saysPortTaken } from './free-port.ts';
import type { Launch } from './launch.ts';
import { prepareDatabase } from './prepared-database.ts';

const DATABASE_FILE = 'dynamodb.db';
/** Starting takes about 20 ms; this allows for a busy machine. */
const READY_WITHIN_MS = 20_000;
const LAY_OUT_ATTEMPTS = 5;
/** The wait between the engine's ready message and stopping it, doubled with each attempt for a busy machine. */
const SETTLE_MS = 10;

/** Runs the embedded engine on a directory. */
export const dynoxide =
  (binary: string): Launch =>
  async ({ directory, address: { host, port }, temporary, log }) => {
    const file = join(directory, DATABASE_FILE);
    await prepare(file, binary, log);
    // Of two ports at least one is not the engine's own, which stays free until the engine starts.
    const toolsPort = (await findFreePorts(2)).find((free) => free !== port) ?? 0;
    const tools = createEngineTools(toolsPort);
    const program: Program = {
      command: binary,
      arguments: ['serve', '--host', host, '--port', String(port), '--db-path', file, ...tools.arguments],
      environment: tools.environment,
      readyText: ['Dynoxide listening', tools.readyText],
      readyWithinMs: READY_WITHIN_MS,
      ...(temporary && { temporaryFolder: directory }),
    };
    return {
      start: () => startProcess(program, log),
      sweepExpiredItems: tools.sweepExpiredItems,
      databaseFile: file,
      tellsWrites: true,
      answersWithLength: true,
    };
  };

/** The engine works without the index too, so a failure to add it does not prevent the start. */
async function prepare(file: string, binary: string, log: (line: string) => void): Promise<void> {
  try {
    await prepareDatabase(file, binary, (empty) => layOut(binary, empty));
  } catch (error) {
    // SQLite accepts an empty file as a new database, and gives its write-ahead log the permissions of the file.
    writeFileSync(file, '', { mode: 0o600 });
    log(
      `writes will slow down as the tables' streams grow, because an index could not be created: ${(error as Error).message}`,
    );
  }
}

/**
 * Makes the engine create its tables in a new file, with nothing left in a write-ahead log beside it. The engine says that it
 * listens a moment before it handles SIGTERM (1 ms, traced 2026-11-24), so one that is stopped in between dies of the signal;
 * started again on the same file it continues with the contents of the log.
 *
 * @throws Error when no engine ended cleanly.
 */
export async function layOut(binary: string, file: string): Promise<void> {
  for (let attempt = 1; attempt <= LAY_OUT_ATTEMPTS; attempt += 1) {
    const [port] = await findFreePorts(1);
    const program: Program = {
      command: binary,
      arguments: ['serve', '--port', String(port), '--db-path', file],
      readyText: ['Dynoxide listening'],
      readyWithinMs: READY_WITHIN_MS,
    };
    if (await endsCleanly(program, SETTLE_MS * 2 ** (attempt - 1))) {
      return;
    }
  }
  throw new Error(`it did not end cleanly in ${LAY_OUT_ATTEMPTS} attempts, so its new tables are not saved`);
}

/** Also false when another program took the port first; then another port will be chosen. */
async function endsCleanly(program: Program, settleMs: number): Promise<boolean> {
  try {
    const engine = await startProcess(program, () => {});
    await sleep(settleMs);
    await engine.stop();
    return (await engine.exited).code === 0;
  } catch (error) {
    if (saysPortTaken(error)) {
      return false;
    }
    throw error;
  }
}
