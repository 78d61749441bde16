import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel ticks in (USER_HZ; man 5 proc, /proc/pid/stat). */
const TICK_MICROS = 10_000;

/** CPU of a process in µs, with that of its threads; Linux alone says it. */
export function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

/** CPU in µs of what a server of ours has started: its DynamoDB engine, and its Lambda functions. */
export interface ChildrenCpu {
  engine: number;
  functions: number;
}

export function childrenCpu(serverPid: number): ChildrenCpu {
  const cpu: ChildrenCpu = { engine: 0, functions: 0 };
  for (const pid of childrenOf(serverPid)) {
    try {
      const command = commandOf(pid);
      cpu.engine += command.includes('dynoxide') ? cpuOf(pid) : 0;
      cpu.functions += command.includes('bootstrap') ? cpuOf(pid) : 0;
    } catch {
      // It has ended.
    }
  }
  return cpu;
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isChild(pid, parent));

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
