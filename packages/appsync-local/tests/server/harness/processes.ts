import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Field 4 of /proc/PID/stat is the parent's pid, field 3 the state (man 5 proc); field 2 may hold spaces. */
function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null; // gone
  }
}

const allPids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Every process that a process started, and that those started. */
export function descendantsOf(ancestor: number): number[] {
  const children = allPids().filter((pid) => statOf(pid)?.parent === ancestor);
  return children.flatMap((pid) => [pid, ...descendantsOf(pid)]);
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** Processes whose command line holds a text, such as the engine of a data directory. */
export const processesNaming = (text: string): number[] =>
  allPids().filter((pid) => pid !== process.pid && isRunning(pid) && commandOf(pid).includes(text));

/** A zombie runs no more; it waits for its parent. */
export const isRunning = (pid: number): boolean => !['Z', undefined].includes(statOf(pid)?.state);

/** Those of the processes that still run once the time is up, by command; empty as soon as all have ended. */
export async function stillRunning(pids: number[], withinMs = 15_000): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  while (pids.some(isRunning) && Date.now() < deadline) {
    await sleep(20);
  }
  return pids.filter(isRunning).map(commandOf);
}

/** Addresses a process listens on, as /proc/net/tcp writes them: `0100007F` is 127.0.0.1. */
export function listeningAddresses(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(inode ?? ''))
      .map(([, local = '']) => local.split(':')[0]!),
  );
}
