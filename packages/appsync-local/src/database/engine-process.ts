import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFreePort } from './free-port.ts';
import { watchEngine } from './watcher.ts';

/** A program, and the signs that it listens. */
export interface Program {
  command: string;
  arguments: string[];
  /** Added to this process's environment. */
  environment?: Record<string, string>;
  /** The program is ready when all of these have occurred in its output. */
  readyText: string[];
  /** Loopback ports that must also be bound, for a program that prints too early. */
  readyPorts?: number[];
  readyWithinMs: number;
  /** A folder to remove if the server is killed. */
  temporaryFolder?: string;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface EngineProcess {
  pid: number;
  /** In the form of process lists. */
  program: string;
  exited: Promise<Exit>;
  /** SIGTERM, then SIGKILL after two seconds. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): void;
}

const STOP_WITHIN_MS = 2000;

/**
 * Starts a program and waits until it is ready. It does not keep the server's event loop alive, and it always ends with the
 * server.
 *
 * @param log Receives each later line of its output, until it is stopped.
 * @throws Error with the program's own last line when it ends or stays silent instead.
 */
export async function startProcess(program: Program, log: (line: string) => void): Promise<EngineProcess> {
  const child = spawn(program.command, program.arguments, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl-C in the terminal reaches the server alone, which stops the engine last
    env: { ...process.env, ...program.environment },
    windowsHide: true,
  });
  const exited = exitOf(child);
  let stopping = false;
  const end = (): Promise<void> => {
    stopping = true;
    return stop(child, exited);
  };
  const say = (line: string): void => {
    if (!stopping && line.trim() !== '') {
      log(line);
    }
  };
  const watcher = child.pid === undefined ? undefined : watchEngine(child.pid, program.temporaryFolder);
  void exited.then(() => watcher?.dismiss());
  try {
    await untilReady(child, exited, program, say);
  } catch (error) {
    await end();
    throw error;
  }
  unreference(child);
  const name = basename(program.command).toLowerCase();
  const kill = (): void => {
    stopping = true;
    child.kill('SIGKILL');
  };
  return { pid: child.pid ?? 0, program: name, exited, stop: end, kill };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null })); // it could not be started
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

async function untilReady(
  child: ChildProcess,
  exited: Promise<Exit>,
  program: Program,
  log: (line: string) => void,
): Promise<void> {
  const printed: string[] = [];
  const ended = Promise.all([exited, lastWords(child)]).then(
    () => `it ended: ${printed.findLast((line) => line !== '') ?? 'without a word'}`,
  );
  const late = new AbortController();
  const silent = sleep(program.readyWithinMs, 'it was not ready in time', { signal: late.signal });
  const ready = readyText(child, program.readyText, printed, log).then(() =>
    boundPorts(program, late.signal),
  );
  try {
    const problem = await Promise.race([ready, ended, silent]);
    if (problem) {
      throw new Error(problem);
    }
  } finally {
    late.abort();
    silent.catch(() => {}); // the timer was called off
  }
}

/** The end of a process may be known before its last lines have been read. */
function lastWords(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve()); // it could not be started, so nothing closes
  });
}

/** Collects lines until every text has occurred; passes later lines to `log`. */
function readyText(
  child: ChildProcess,
  texts: string[],
  printed: string[],
  log: (line: string) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const awaited = new Set(texts);
    const onLine = (line: string): void => {
      if (awaited.size === 0) {
        return log(line);
      }
      printed.push(line);
      for (const text of awaited) {
        if (line.includes(text)) {
          awaited.delete(text);
        }
      }
      if (awaited.size === 0) {
        resolve();
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on('line', onLine);
      }
    }
  });
}

async function boundPorts({ readyPorts = [] }: Program, late: AbortSignal): Promise<void> {
  for (const port of readyPorts) {
    while (!late.aborted && (await isFreePort(port))) {
      await sleep(50);
    }
  }
}

async function stop(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(insist);
}

/** Lets the event loop end while the engine runs; the watcher then ends the engine. */
function unreference(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) {
    (stream as unknown as { unref?(): void })?.unref?.();
  }
}
