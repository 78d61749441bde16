import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A slow connection fetches 4 MB in this time. */
const WITHIN_MS = 180_000;
/** Of what npm prints, which ends with the path of its own log. */
const REASON = /^npm (?:error|ERR!) (?:code )?(.*)$/;

/**
 * Runs npm.
 *
 * @param signal ends it at once
 * @throws Error with npm's own reason, in one line.
 */
export async function npm(
  args: string[],
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<void> {
  const program = npmProgram(environment);
  if (program === null) {
    throw new Error('npm is not installed beside Node.js');
  }
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...environment, npm_config_update_notifier: 'false', npm_config_loglevel: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: WITHIN_MS,
    signal,
    windowsHide: true,
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code, endedBy] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...exit) => resolve(exit));
  });
  if (code !== 0) {
    throw new Error(reasonOf(printed) ?? `npm ended with ${code ?? endedBy}`);
  }
}

/**
 * npm's JavaScript, because Node.js starts no `npm.cmd` without a shell (CVE-2024-27980): the npm that started this process,
 * else the one that was installed with Node.js.
 */
function npmProgram({ npm_execpath: running = '' }: NodeJS.ProcessEnv): string | null {
  const beside = dirname(process.execPath);
  const candidates = [
    ...(/np[mx]-cli\.js$/.test(running) ? [join(dirname(running), 'npm-cli.js')] : []),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'), // Windows
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((file) => existsSync(file)) ?? null;
}

/** `ENOTFOUND: request to https://… failed, …` */
function reasonOf(printed: string): string | null {
  const lines = printed.split('\n').flatMap((line) => REASON.exec(line.trim())?.[1]?.trim() || []);
  const said = lines.filter((line) => !line.startsWith('A complete log') && !/^(syscall|errno) /.test(line));
  return said.length === 0 ? null : said.slice(0, 2).join(': ');
}
