import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel ticks in (USER_HZ; man 5 proc, /proc/pid/stat). */
const TICK_MICROS = 10_000;

/** CPU of a process in µs, with that of its threads; Linux alone says it. */
export function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

/** The process of the DynamoDB engine that a server of ours has started. */
export function enginePidOf(serverPid: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const engine = pids
    .map(Number)
    .find((pid) => isChild(pid, serverPid) && commandOf(pid).includes('dynoxide'));
  if (engine === undefined) {
    throw new Error(`process ${serverPid} has no engine`);
  }
  return engine;
}

/** From field 3 on: the second one is the command's name, which may hold spaces. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function isChild(pid: number, parent: number): boolean {
  try {
    return Number(statOf(pid)[1]) === parent;
  } catch {
    return false; // it has ended
  }
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
