import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What has a figure of its own: a server in a process of its own, that tells what it has used. */
export interface Server {
  url: string;
  pid: number;
  /** What it printed so far. */
  output(): string;
  /** CPU time of the whole process, in µs. Its children do not count. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

export interface ServerProgram {
  /** A module and what it is called with. */
  command: string[];
  /** Options for Node.js before the module. */
  nodeOptions?: string[];
  /** On top of this process's. @default NODE_ENV says production */
  environment?: Record<string, string>;
  directory?: string;
  /** Finds the URL in what the program prints, once it is ready. @default a line `READY <url>` */
  ready?: RegExp;
}

const PRELOAD = fileURLToPath(new URL('./report-cpu.mjs', import.meta.url));
const READY_MS = 180_000;
const STOP_MS = 5_000;

/** @throws when the program ends, or is not ready within a minute; the message has what it printed last */
export async function startServer(program: ServerProgram): Promise<Server> {
  const child = spawn(
    process.execPath,
    [...(program.nodeOptions ?? []), '--import', PRELOAD, ...program.command],
    {
      cwd: program.directory,
      env: { ...process.env, NODE_ENV: 'production', ...program.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  const keep = (text: Buffer): void => {
    if (output.length < 100_000) {
      output += text.toString();
    }
  };
  child.stdout!.on('data', keep);
  child.stderr!.on('data', keep);
  const server: Server = {
    url: '',
    pid: child.pid ?? 0,
    output: () => output,
    cpu: () => askCpu(child),
    stop: () => stopProcess(child),
  };
  try {
    server.url = await readyUrl(child, program.ready ?? /^READY (\S+)/m, () => output);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function readyUrl(child: ChildProcess, pattern: RegExp, output: () => string): Promise<string> {
  const until = Date.now() + READY_MS;
  const lastLines = (): string => output().trim().split('\n').slice(-3).join(' | ');
  while (Date.now() < until) {
    const found = pattern.exec(output());
    if (found) {
      return found[1]!;
    }
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`it ended with ${child.exitCode ?? child.signalCode}: ${lastLines()}`);
    }
    await delay(10);
  }
  throw new Error(`it was not ready within ${READY_MS / 1000} s: ${lastLines()}`);
}

async function askCpu(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message') as Promise<[{ cpu: NodeJS.CpuUsage }]>;
  child.send('usage');
  const [{ cpu }] = await answer;
  return cpu.user + cpu.system;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  if ((await Promise.race([ended, delay(STOP_MS)])) === undefined) {
    child.kill('SIGKILL');
  }
  await ended;
}

const delay = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
