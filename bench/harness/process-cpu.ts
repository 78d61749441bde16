import { readFileSync } from 'node:fs';
import { processIds, statOf, TICKS_A_SECOND } from './process-stat.ts';

const TICK_MICROS = 1e6 / TICKS_A_SECOND;

/** CPU of a process in µs, with that of its threads; Linux alone says it. */
export function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return (fields[11]! + fields[12]!) * TICK_MICROS;
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

const childrenOf = (parent: number): number[] => processIds().filter((pid) => isChild(pid, parent));

function isChild(pid: number, parent: number): boolean {
  try {
    return statOf(pid)[1] === parent;
  } catch {
    return false; // it has ended
  }
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
