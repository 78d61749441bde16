import { readdirSync, readFileSync } from 'node:fs';

/** What a program and all that it has started have used. */
export interface TreeUsage {
  /** CPU seconds, with those of programs that have ended. */
  cpuSeconds: number;
  /** Resident memory of those that run, added up: pages that several share count several times. */
  residentMiB: number;
}

/** Linux counts in hundredths of a second, whatever its kernel ticks in (USER_HZ; man 5 proc, /proc/pid/stat). */
const TICKS_A_SECOND = 100;
/** Bytes of a page, on x64 and in the usual kernels of arm64. */
const PAGE = 4096;

interface ProcessStat {
  parent: number;
  ticks: number;
  pages: number;
}

/** Linux alone says it. */
export function usageOfTree(root: number): TreeUsage {
  const processes = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name): [number, ProcessStat][] => {
        const stat = statOf(name);
        return stat ? [[Number(name), stat]] : [];
      }),
  );
  const tree = [...processes].filter(([pid]) => isBelow(pid, root, processes)).map(([, stat]) => stat);
  return {
    cpuSeconds: tree.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND,
    residentMiB: (tree.reduce((sum, { pages }) => sum + pages, 0) * PAGE) / 2 ** 20,
  };
}

function isBelow(pid: number, root: number, processes: Map<number, ProcessStat>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = processes.get(at)?.parent) {
    if (at === root) {
      return true;
    }
  }
  return false;
}

/** Fields 4, 14 to 17 (with those of children that have ended) and 24 of /proc/PID/stat; field 2 may hold spaces. */
function statOf(pid: string): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { parent: fields[1]!, ticks, pages: fields[21]! };
  } catch {
    return undefined; // it has ended
  }
}
