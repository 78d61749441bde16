import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TreeUsage, usageOfTree } from './process-tree.ts';
import type { TimedProgram } from './time-to-answer.ts';

/** What it took a program, and all that it started, to give its first good answer. */
export interface FirstAnswer {
  ms: number;
  cpuSeconds: number;
  /** The largest of what was seen ten times a second. */
  peakMiB: number;
}

const ASK_EVERY_MS = 5;
const LOOK_EVERY_MS = 100;
const GIVE_UP_MS = 120_000;
const STOP_MS = 10_000;

/**
 * Starts a program in a process group of its own, asks it until it has answered, and stops the group.
 *
 * @throws when it ends before, with what it printed last
 */
export async function firstAnswer(program: TimedProgram): Promise<FirstAnswer> {
  const begun = performance.now();
  const child = spawn(program.command, program.arguments, {
    cwd: program.directory,
    env: { ...process.env, ...program.environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const keep = (text: Buffer): void => void (printed = (printed + text.toString()).slice(-2_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const seen: TreeUsage[] = [];
  const looking = setInterval(() => seen.push(usageOfTree(child.pid!)), LOOK_EVERY_MS);
  try {
    while (!(await program.answered())) {
      if (child.exitCode !== null || child.signalCode !== null || performance.now() - begun > GIVE_UP_MS) {
        throw new Error(`no good answer: ${printed.trim().split('\n').slice(-3).join(' | ')}`);
      }
      await sleep(ASK_EVERY_MS);
    }
    const ms = performance.now() - begun;
    const now = usageOfTree(child.pid!);
    const peakMiB = Math.max(...[...seen, now].map(({ residentMiB }) => residentMiB));
    return { ms, cpuSeconds: now.cpuSeconds, peakMiB };
  } finally {
    clearInterval(looking);
    await stopGroup(child);
  }
}

/** npx ends without what it runs, so the group is told. */
async function stopGroup(child: ChildProcess): Promise<void> {
  const isOver = (): boolean => !signal(child, 0);
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  signal(child, 'SIGTERM');
  for (let waited = 0; waited < STOP_MS && !isOver(); waited += 50) {
    await sleep(50);
  }
  signal(child, 'SIGKILL');
  await ended;
}

/** @returns whether anybody in the group was there to hear it */
function signal({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid!, name);
  } catch {
    return false;
  }
}
