import childProcess, { type ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Notes the child processes that packages start from now on. */
export function noteChildProcesses(): void {
  const { spawn } = childProcess;
  childProcess.spawn = ((...given: Parameters<typeof spawn>) => {
    const child = spawn(...given);
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }) as typeof spawn;
}

/** Has running child processes keep this one from ending no longer: esbuild's own, which stays for as long as there is a context. */
export const unreferenceChildProcesses = (): void => running.forEach((child) => child.unref());
