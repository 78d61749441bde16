import { join } from 'node:path';
import { startProcess, type Program } from './engine-process.ts';
import type { Launch } from './launch.ts';
import { createEngineTools } from './engine-tools.ts';
import { findFreePorts } from './free-port.ts';
import { prepareDatabase } from './prepared-database.ts';

const DATABASE_FILE = 'dynamodb.db';
/** It takes about 20 ms; this is for a machine with better things to do. */
const READY_WITHIN_MS = 20_000;

/** How to run the embedded engine on a directory. */
export const dynoxide =
  (binary: string): Launch =>
  async ({ directory, port, temporary, log }) => {
    const file = join(directory, DATABASE_FILE);
    await prepareDatabase(file, binary, (empty) => layOut(binary, empty));
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

/** Lets the engine make its tables in a new file. */
export async function layOut(binary: string, file: string): Promise<void> {
  const [port] = await findFreePorts(1);
  const program: Program = {
    command: binary,
    arguments: ['serve', '--port', String(port), '--db-path', file],
    readyText: ['Dynoxide listening'],
    readyWithinMs: READY_WITHIN_MS,
  };
  const engine = await startProcess(program, () => {});
  await engine.stop();
}
