import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};

type Script = 'import' | 'export' | 'seed' | 'backup' | 'restore';

export interface Ended {
  code: number | NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  ended: Promise<Ended>;
}

/** The arguments with which Node.js runs the program of an npm script. */
function argumentsOf(script: Script): string[] {
  const [program, ...args] = (scripts[script] ?? '').split(' ');
  if (program !== 'node') {
    throw new Error(`npm script ${script} is '${scripts[script]}'; the tests expect 'node …'`);
  }
  return args;
}

/** Starts the program of an npm script without npm, which would cost each test some of a second. */
export function startScript(script: Script, args: string[], environment: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [...argumentsOf(script), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
  return { process: child, ended };
}

/** Runs it to its end. @param input standard input */
export function runScript(script: Script, args: string[], input = ''): Promise<Ended> {
  const { process: child, ended } = startScript(script, args);
  child.stdin?.end(input);
  return ended;
}
