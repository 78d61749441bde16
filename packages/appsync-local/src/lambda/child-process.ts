import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython, pythonVersion } from '../ground/python.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { childEnvironment, nodeOptions } from './child-environment.ts';
import { readLines } from './log-lines.ts';
import { isCustomRuntime } from './runtime-difference.ts';

const BOOTSTRAP = fileURLToPath(new URL('./bootstrap.cjs', import.meta.url));
const PYTHON_BOOTSTRAP = fileURLToPath(new URL('./python/bootstrap.py', import.meta.url));

/** How a process ended, in the words of Lambda's supervisor: `exit status 1`, `signal: killed`; null for exit status 0. */
export type ExitReason = string | null;

export interface RunningProcess {
  /** Resolves once the process has ended; for a process that could not be started, with the reason. */
  exited: Promise<ExitReason>;
  /** Ends the process and everything it started, at once. */
  kill(): void;
  /** Its peak resident set in KB; undefined on systems that do not report it (Linux does). */
  peakMemoryKb(): number | undefined;
}

/**
 * Starts the bootstrap for a function. `write` receives every line that the function prints.
 * @param inspectPort of Node.js's inspector on 127.0.0.1. @default none
 */
export function startProcess(
  model: LambdaFunctionModel,
  taskRoot: string,
  runtimeApi: string,
  overrides: Record<string, string>,
  write: (stream: 'stdout' | 'stderr', line: string) => void,
  inspectPort?: number,
): RunningProcess {
  const { command, args } = commandOf(model, taskRoot, inspectPort);
  const child = spawn(command, args, {
    cwd: taskRoot,
    env: childEnvironment(model, taskRoot, runtimeApi, BOOTSTRAP, overrides),
    // The fourth is the lifeline: it closes when this process ends for any reason, and the bootstrap ends with it.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A separate process group, so that processes that the function started can be ended with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (child.stdout) {
    readLines(child.stdout, (line) => write('stdout', line));
  }
  if (child.stderr) {
    readLines(child.stderr, (line) => write('stderr', line));
  }
  child.stdio[3]?.on('error', () => {});
  return {
    exited: exitOf(child),
    kill: () => killGroup(child),
    peakMemoryKb: () => peakMemoryKb(child.pid),
  };
}

/** A custom runtime is the executable `bootstrap` in the code or in a layer ("Building a custom runtime", AWS Lambda developer guide). */
function commandOf(
  { runtime, memoryMb, layers }: LambdaFunctionModel,
  taskRoot: string,
  inspectPort: number | undefined,
) {
  const python = pythonVersion(runtime);
  if (python !== null) {
    // The name stands for a program that was there at the start and is gone: its failure is then the function's.
    return { command: findPython(python)?.program ?? 'python3', args: ['-u', PYTHON_BOOTSTRAP] };
  }
  if (isCustomRuntime(runtime)) {
    const places = [taskRoot, ...layers].map((directory) => join(directory, 'bootstrap'));
    return { command: places.find((file) => existsSync(file)) ?? places[0]!, args: [] };
  }
  const inspect = inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`];
  return { command: process.execPath, args: [...nodeOptions(memoryMb), ...inspect, BOOTSTRAP] };
}

function peakMemoryKb(pid: number | undefined): number | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak);
  } catch {
    return undefined;
  }
}

function exitOf(child: ChildProcess): Promise<ExitReason> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) {
        resolve(`it could not be started: ${error.message}`);
      }
    });
    child.on('exit', (code, signal) => {
      killGroup(child);
      resolve(exitReason(code, signal));
    });
  });
}

/** Go's names of the signals that end a Node.js process; Lambda's supervisor is written in Go. */
const SIGNAL_NAMES: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

function exitReason(code: number | null, signal: NodeJS.Signals | null): ExitReason {
  if (signal) {
    return `signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  }
  return code === 0 ? null : `exit status ${code}`;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // The group has already ended.
  }
}
