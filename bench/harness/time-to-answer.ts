import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TimedProgram {
  command: string;
  arguments: string[];
  directory?: string;
  environment?: NodeJS.ProcessEnv;
  /** Asked again and again from the start on. @returns whether the program has given its first good answer */
  answered(): Promise<boolean>;
}

const ASK_EVERY_MS = 3;
const GIVE_UP_MS = 120_000;

/** Milliseconds from spawning a server to its first good answer; it is then stopped. @throws when it ends before */
export async function timeToAnswer(program: TimedProgram): Promise<number> {
  const begun = performance.now();
  const child = start(program);
  try {
    while (!(await program.answered())) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`it ended with ${child.exitCode ?? child.signalCode} before it answered`);
      }
      if (performance.now() - begun > GIVE_UP_MS) {
        throw new Error(`no good answer within ${GIVE_UP_MS / 1000} s`);
      }
      await sleep(ASK_EVERY_MS);
    }
    return performance.now() - begun;
  } finally {
    await stop(child);
  }
}

/** Milliseconds that a command takes. @throws when it fails */
export async function timeToEnd(program: Omit<TimedProgram, 'answered'>): Promise<number> {
  const begun = performance.now();
  const [code] = (await once(start(program), 'exit')) as [number | null];
  if (code !== 0) {
    throw new Error(`it ended with ${code}`);
  }
  return performance.now() - begun;
}

const start = ({ command, arguments: given, directory, environment }: Omit<TimedProgram, 'answered'>) =>
  spawn(command, given, { cwd: directory, env: { ...process.env, ...environment }, stdio: 'ignore' });

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}
