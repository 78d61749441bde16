import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../../../..', import.meta.url));

const { scripts } = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};

export interface Ended {
  /** The exit code, or the signal that ended it. */
  code: number | NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

type Script = 'start' | 'check-code';

/** Runs `appsync-local` with these words until it ends by itself. */
export const runCommand = (...words: string[]): Promise<Ended> => end([command, ...words]);

/** Its program. */
export const command = fileURLToPath(new URL('../../../bin/appsync-local.mjs', import.meta.url));

/** What Node.js is given for an npm script: npm itself would cost each test half a second. */
function scriptArguments(script: Script): string[] {
  const [name, ...words] = (scripts[script] ?? '').split(' ');
  if (name !== 'appsync-local') {
    throw new Error(`npm script ${script} is '${scripts[script]}'; the tests expect 'appsync-local …'`);
  }
  return [command, ...words];
}

/** Runs an npm script until it ends by itself; one that runs on is ended after 45 s, with code SIGKILL. */
export const run = (script: Script, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  end([...scriptArguments(script), ...args], environment);

function end(words: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, words, {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 45_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
}

/** How a start that cannot succeed ended: the reason it gave, which is all it printed. */
export async function refusalOf(args: string[], environment?: NodeJS.ProcessEnv): Promise<string> {
  const lines = await refusalLinesOf(args, environment);
  if (lines.length !== 1) {
    throw new Error(`expected one line, got ${JSON.stringify(lines)}`);
  }
  return lines[0]!;
}

/** How a start that cannot succeed ended: a line that counts the reasons, and a line for each, which is all it printed. */
export async function refusalLinesOf(args: string[], environment?: NodeJS.ProcessEnv): Promise<string[]> {
  const { code, stdout, stderr } = await run('start', args, environment);
  if (code === 0 || typeof code !== 'number' || stdout !== '') {
    throw new Error(`expected a failure, got ${JSON.stringify({ code, stdout, stderr })}`);
  }
  return stderr.trimEnd().split('\n');
}
