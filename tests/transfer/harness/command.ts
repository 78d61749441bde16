import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledProgram } from '../../../packages/appsync-local/tests/harness/bundled-program.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};

const SCRIPTS = ['import', 'export', 'seed', 'backup', 'restore'] as const;
type Script = (typeof SCRIPTS)[number];

export interface Ended {
  code: number | NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  ended: Promise<Ended>;
}

/** The program that an npm script runs through a TypeScript loader, by its script. */
const programs = new Map(
  await Promise.all(
    SCRIPTS.map(async (script): Promise<[Script, string]> => [
      script,
      await bundledProgram(sourceOf(script)),
    ]),
  ),
);

function sourceOf(script: Script): string {
  const [, source] = /^node --import tsx (transfer\/\S+\.ts)$/.exec(scripts[script] ?? '') ?? [];
  if (source === undefined) {
    throw new Error(
      `npm script ${script} is '${scripts[script]}'; the tests expect 'node --import tsx transfer/….ts'`,
    );
  }
  return join(root, source);
}

/** Starts the program of an npm script, bundled: npm and the loader would cost each test most of a second. */
export function startScript(script: Script, args: string[], environment: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [programs.get(script)!, ...args], {
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
