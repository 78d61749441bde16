import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleDirectory } from '../ground/bundle.ts';
import type { Javascript } from '../runtime/javascript.ts';

const SOURCES = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGE = dirname(SOURCES);
const PROGRAM = 'evaluation-child.js';

/**
 * Starts a process that evaluates code. It has no environment, may read only its own program, write no file and start no
 * process; Node.js before version 25 cannot deny it the network.
 *
 * @param bundle the folder of the bundle that contains this module. @default the one that `build/bundle.mjs` makes of the
 * sources
 * @param memoryMb for the objects of its code
 * @param javascript the meaning of JavaScript in its code
 */
export async function startChild(
  bundle: string | undefined,
  memoryMb: number,
  javascript: Javascript,
): Promise<ChildProcess> {
  const directory = bundle ?? (await bundleDirectory());
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
      cwd: PACKAGE,
      // Windows cannot start a process without it.
      env: process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    },
  );
}

/** Options of Node.js' permission model, which is no longer experimental from 22.13 on. */
function permissions(directory: string): string[] {
  const stable = process.allowedNodeEnvironmentFlags.has('--permission');
  const readable = [
    join(directory, '*'),
    join(SOURCES, 'runtime', '*'),
    ...nodeModulesAbove(PACKAGE),
    join(PACKAGE, 'package.json'),
  ];
  return [
    stable ? '--permission' : '--experimental-permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
  ];
}

/** The folders in which Node.js looks for packages: a package is often installed beside others, above its own folder. */
function nodeModulesAbove(start: string): string[] {
  const places: string[] = [];
  for (let at = start; ; at = dirname(at)) {
    places.push(join(at, 'node_modules', '*'));
    if (dirname(at) === at) {
      return places;
    }
  }
}
