import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../infra/paths.ts';
import type { BenchContext } from '../section.ts';

export const PEERS = join(root, 'bench', 'peers');

/** Installs the typical function's packages at its first use. @returns why they cannot be had, or null */
export async function installTypical(context: BenchContext): Promise<string | null> {
  const directory = join(PEERS, 'lambda-typical');
  if (existsSync(join(directory, 'node_modules'))) {
    return null;
  }
  const options = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
  const failure = await run(context, 'npm', options, directory, 'installing zod and Powertools, once');
  return failure === null ? null : `typical function: npm ci failed: ${failure}`;
}

/** Builds the Rust function. @returns its executable, or why there is none */
export async function buildRust(context: BenchContext): Promise<{ bootstrap: string } | { skipped: string }> {
  const directory = join(PEERS, 'rust-put-item');
  const options = ['build', '--release', '--locked', '--quiet'];
  const failure = await run(
    context,
    'cargo',
    options,
    directory,
    'building the Rust function, minutes at first',
  );
  return failure === null
    ? { bootstrap: join(directory, 'target', 'release', 'bootstrap') }
    : { skipped: `Rust function: cargo build failed: ${failure}` };
}

/** @returns the last line of what went wrong, or null */
function run(
  { progress }: BenchContext,
  command: string,
  options: string[],
  cwd: string,
  what: string,
): Promise<string | null> {
  return new Promise((resolve) => {
    const begun = Date.now();
    const tell = (): void => progress(`${what}: ${Math.round((Date.now() - begun) / 1000)} s`);
    const timer = setInterval(tell, 1_000);
    const end = (failure: string | null): void => {
      clearInterval(timer);
      resolve(failure);
    };
    let said = '';
    const child = spawn(command, options, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', ({ message }) => end(message));
    child.on('exit', (code) => end(code === 0 ? null : (said.trim().split('\n').at(-1) ?? `exit ${code}`)));
  });
}
