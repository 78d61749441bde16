import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess, type Program } from './engine-process.ts';
import type { Launch } from './launch.ts';
import { createEngineTools } from './engine-tools.ts';
import { findFreePorts } from './free-port.ts';
import { prepareDatabase } from './prepared-database.ts';

const DATABASE_FILE = 'dynamodb.db';
/** It takes about 20 ms; this is for a machine with better things to do. */
const READY_WITHIN_MS = 20_000;
const LAY_OUT_ATTEMPTS = 5;
/** Between the engine's word that it is ready and its stop, times the attempt. */
const SETTLE_MS = 10;

/** How to run the embedded engine on a directory. */
export const dynoxide =
  (binary: string): Launch =>
  async ({ directory, port, temporary, log }) => {
    const file = join(directory, DATABASE_FILE);
    await prepare(file, binary, log);
    const [toolsPort = 0] = await findFreePorts(1);
    const tools = createEngineTools(toolsPort);
    const program: Program = {
      command: binary,
      arguments: ['serve', '--port', String(port), '--db-path', file, ...tools.arguments],
      environment: tools.environment,
      readyText: ['Dynoxide listening', tools.readyText],
      readyWithinMs: READY_WITHIN_MS,
      ...(temporary && { temporaryFolder: directory }),
    };
    return { start: () => startProcess(program, log), sweepExpiredItems: tools.sweepExpiredItems };
  };

/** Without the index the engine works all the same, so an engine that cannot be given it is no reason not to start. */
async function prepare(file: string, binary: string, log: (line: string) => void): Promise<void> {
  try {
    await prepareDatabase(file, binary, (empty) => layOut(binary, empty));
  } catch (error) {
    log(
      `writes will slow down as the tables' streams grow, for want of an index: ${(error as Error).message}`,
    );
  }
}

/**
 * Lets the engine make its tables in a new file, whole: not with a part of them left in a write-ahead log beside it.
 * It says that it listens a moment before it handles SIGTERM (1 ms, traced 2026-11-24), so one that is stopped in
 * between dies of the signal; started again on the same file it takes up what the log holds.
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
    const engine = await startProcess(program, () => {});
    await sleep(attempt * SETTLE_MS);
    await engine.stop();
    if ((await engine.exited).code === 0) return;
  }
  throw new Error(
    `it did not end cleanly in ${LAY_OUT_ATTEMPTS} attempts, so its new tables are not on file`,
  );
}
