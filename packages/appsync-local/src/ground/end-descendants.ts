import { spawnSync } from 'node:child_process';

interface ListedProcess {
  pid: number;
  parent: number;
  group: number;
}

/**
 * Ends at once the processes that this one started, and those that they started. Spares processes in a group of their own: whatever is
 * meant to outlive a command has one (the DynamoDB engine, Lambda functions). Does nothing on Windows, which has no process groups.
 */
export function endDescendants(): void {
  for (const pid of descendantsOf(process.pid, listProcesses())) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Of the same process group. */
export function descendantsOf(pid: number, processes: readonly ListedProcess[]): number[] {
  const group = processes.find((one) => one.pid === pid)?.group;
  const children = processes.filter((one) => one.parent === pid && one.group === group);
  return children.flatMap((child) => [child.pid, ...descendantsOf(child.pid, processes)]);
}

function listProcesses(): ListedProcess[] {
  if (process.platform === 'win32') {
    return [];
  }
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').map((line) => {
    const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, group };
  });
}
