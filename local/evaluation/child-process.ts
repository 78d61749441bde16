import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Javascript } from '../runtime/javascript.ts';

const LOCAL = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(LOCAL);
const PROGRAM = join('evaluation', 'child.js');

/**
 * Starts a process that evaluates code. It has no environment, may read its own program and nothing else, write no file and start
 * no process; Node.js before version 25 cannot keep it from the network.
 *
 * @param bundle the folder of the bundle this is part of. @default the one `run.mjs` makes of the sources
 * @param memoryMb for the objects of its code
 * @param javascript what it runs code in
 */
export async function startChild(
  bundle: string | undefined,
  memoryMb: number,
  javascript: Javascript,
): Promise<ChildProcess> {
  const directory = bundle ?? (await bundleOfSources());
  return spawn(
    process.execPath,
    [
      `--max-old-space-size=${memoryMb}`,
      '--no-warnings',
      ...permissions(directory),
      join(directory, PROGRAM),
      javascript,
    ],
    {
      cwd: ROOT,
      // Windows starts no process without it.
      env: process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    },
  );
}

async function bundleOfSources(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(LOCAL, 'run.mjs'), '--bundle']);
  return stdout.trim();
}

/** Of Node.js' permission model, which is no longer experimental from 22.13 on. */
function permissions(directory: string): string[] {
  const stable = process.allowedNodeEnvironmentFlags.has('--permission');
  const readable = [
    join(directory, '*'),
    join(LOCAL, 'runtime', '*'),
    join(ROOT, 'node_modules', '*'),
    join(ROOT, 'package.json'),
  ];
  return [
    stable ? '--permission' : '--experimental-permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
  ];
}
