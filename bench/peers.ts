import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './harness/ours.ts';
import type { BenchContext } from './section.ts';

/** What this project is measured against, with a lock file of its own: `npm ci` of the project never brings it. */
export const PEERS = join(ROOT, 'bench', 'peers');

/**
 * Installs the peers where the lock file has changed since.
 *
 * @param folder of package.json. @default that of most peers
 * @returns why they cannot be had, or null
 */
export async function installPeers({ progress }: BenchContext, folder = PEERS): Promise<string | null> {
  const mark = join(folder, 'node_modules', '.installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) {
    return null;
  }
  const begun = Date.now();
  const tell = (): void =>
    progress(`installing the peers, once: ${Math.round((Date.now() - begun) / 1000)} s`);
  tell();
  const timer = setInterval(tell, 1_000);
  const failure = await npmCi(folder);
  clearInterval(timer);
  if (failure !== null) {
    return `npm ci in ${relative(ROOT, folder)} failed: ${failure}`;
  }
  writeFileSync(mark, lock);
  return null;
}

/** @returns the last line of what went wrong, or null */
function npmCi(cwd: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code) =>
      resolve(code === 0 ? null : (said.trim().split('\n').at(-1) ?? `exit ${code}`)),
    );
  });
}
