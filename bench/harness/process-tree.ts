import { processIds, statOf, TICKS_A_SECOND } from './process-stat.ts';

/** What a program and all that it has started have used. */
export interface TreeUsage {
  /** CPU seconds, with those of programs that have ended. */
  cpuSeconds: number;
  /** Resident memory of those that run, added up: pages that several share count several times. */
  residentMiB: number;
}

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
    processIds().flatMap((pid): [number, ProcessStat][] => {
      const used = usageOf(pid);
      return used ? [[pid, used]] : [];
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

/** Fields 4, 14 to 17 (with those of children that have ended) and 24 of /proc/PID/stat. */
function usageOf(pid: number): ProcessStat | undefined {
  try {
    const fields = statOf(pid);
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { parent: fields[1]!, ticks, pages: fields[21]! };
  } catch {
    return undefined; // it has ended
  }
}
