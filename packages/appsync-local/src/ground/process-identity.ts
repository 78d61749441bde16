import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Identifies a process, so that it is not mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque; only compared. Empty on platforms without a cheap way to read it (Windows). */
  startTime: string;
}

export const identify = (pid: number): ProcessIdentity => ({ pid, startTime: startTimeOf(pid) });

/** Whether exactly that process is running; without a start time, whether any process with its pid is. */
export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  if (!hasPid(pid)) {
    return false;
  }
  const now = startTimeOf(pid);
  return startTime === '' || now === '' || now === startTime;
}

/**
 * Ends a process at once, if it certainly is the recorded one: a recycled pid is never signalled. Without start times (Windows)
 * the process must at least have the program's name.
 *
 * @param program `dynoxide`, in the form of the platform's process list.
 * @returns false when it is still running: it could not be identified, or belongs to another user.
 */
export function endStale(identity: ProcessIdentity, program: string): boolean {
  if (!isRunning(identity)) {
    return true;
  }
  if (identity.startTime === '' && !hasName(identity.pid, program)) {
    return false;
  }
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch {
    return false; // another user's
  }
  return waitUntilGone(identity);
}

/** Blocks for at most two seconds, only at a start after a server was killed. */
function waitUntilGone(identity: ProcessIdentity): boolean {
  const deadline = Date.now() + 2000;
  while (isRunning(identity) && Date.now() < deadline) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  return !isRunning(identity);
}

function hasPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startTimeOf(pid: number): string {
  if (process.platform === 'linux') {
    return linuxStartTime(pid);
  }
  if (process.platform === 'win32') {
    return '';
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').trim().replace(/\W+/g, '-'); // part of a file name
}

/**
 * Field 22 of /proc/PID/stat, in clock ticks since boot (man 5 proc), with the boot's id: ticks repeat after a restart. Field 2
 * is the program's name in parentheses and may itself contain spaces, so fields are counted after it.
 */
function linuxStartTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (afterName[0] === 'Z') {
      return 'ended';
    } // a zombie runs no more; it waits for its parent
    return `${afterName[19]}-${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return '';
  }
}

function hasName(pid: number, program: string): boolean {
  if (process.platform !== 'win32') {
    return false;
  }
  const list = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' });
  return list.stdout?.toLowerCase().includes(program) ?? false;
}
