import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness/ours.ts';
import type { BenchContext } from './section.ts';

/** What this project is measured against, with a lock file of its own: `npm ci` of the project never brings it. */
export const PEERS = join(ROOT, 'bench', 'peers');

const MARK = join(PEERS, 'node_modules', '.installed');

/** Installs the peers where the lock file has changed since. @returns why they cannot be had, or null */
export async function installPeers({ progress }: BenchContext): Promise<string | null> {
  const lock = createHash('sha256')
    .update(readFileSync(join(PEERS, 'package-lock.json')))
    .digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === lock) {
    return null;
  }
  const begun = Date.now();
  const tell = (): void =>
    progress(`installing the peers, once: ${Math.round((Date.now() - begun) / 1000)} s`);
  tell();
  const timer = setInterval(tell, 1_000);
  const failure = await npmCi();
  clearInterval(timer);
  if (failure !== null) {
    return `all peers: npm ci in bench/peers failed: ${failure}`;
  }
  writeFileSync(MARK, lock);
  return null;
}

/** @returns the last line of what went wrong, or null */
function npmCi(): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'], {
      cwd: PEERS,
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
