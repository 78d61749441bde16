import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import {
  type ServerProcess,
  startServer,
  targetOf,
} from '../../../packages/appsync-local/tests/harness/port-target.ts';
import type { ApiTarget } from '../../../packages/appsync-local/tests/harness/target.ts';
import { commandOf, descendantsOf } from '../../../packages/appsync-local/tests/server/harness/processes.ts';

export interface ServeOptions {
  /** A cloud assembly. @default the items API's */
  assembly?: string;
  /** A data directory. @default none is kept */
  data?: string;
  /** @default any free one */
  port?: number;
  environment?: NodeJS.ProcessEnv;
}

/** Characters of what a server printed that are kept. */
const KEPT_LOG = 20_000;

/** A local server in a process of its own, started as people start it. */
export class Victim {
  readonly target: ApiTarget;
  /** `http://localhost:PORT`. */
  readonly origin: string;
  readonly port: number;
  /** Resolves with the exit code, or the signal, once it has ended, whoever ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly #server: ServerProcess;
  #log = '';
  #processesAtEnd: number[] = [];
  #isOver = false;

  static async start(assembly: string, options: ServeOptions): Promise<Victim> {
    const { data, port = 0, environment } = options;
    const kept = data === undefined ? ['--memory'] : ['--data', data];
    return new Victim(await startServer(['--app', assembly, '--port', String(port), ...kept], environment));
  }

  private constructor(server: ServerProcess) {
    this.#server = server;
    this.target = targetOf(server);
    this.origin = server.origin;
    this.port = Number(new URL(server.origin).port);
    for (const stream of [server.process.stdout!, server.process.stderr!]) {
      stream.on('data', (chunk) => (this.#log = (this.#log + String(chunk)).slice(-KEPT_LOG)));
    }
    this.ended = once(server.process, 'exit').then(([code, signal]) => {
      this.#isOver = true;
      return (code ?? signal) as number | NodeJS.Signals | null;
    });
  }

  get pid(): number {
    return this.#server.process.pid!;
  }

  get isRunning(): boolean {
    return !this.#isOver;
  }

  /** The end of what it printed after it was ready. */
  get log(): string {
    return this.#log;
  }

  /** The value of a line such as `DynamoDB URL  http://…`. */
  printed(name: string): string {
    const value = new RegExp(`^${name} +(\\S+)`, 'm').exec(this.#server.output)?.[1];
    if (value === undefined) {
      throw new Error(`the server printed no ${name}:\n${this.#server.output}`);
    }
    return value;
  }

  /** Everything it started, on Linux. */
  get processes(): number[] {
    return descendantsOf(this.pid);
  }

  /** The process of its DynamoDB engine; undefined while there is none. */
  get enginePid(): number | undefined {
    return this.processes.find((pid) => commandOf(pid).includes('dynoxide'));
  }

  /** What it had started when it was told to end: nothing of that is to outlive it. */
  get processesAtEnd(): readonly number[] {
    return this.#processesAtEnd;
  }

  /** Sockets and files that it has open. */
  get descriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Resident memory, on Linux. */
  get memoryMb(): number {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes) / 1024);
  }

  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | NodeJS.Signals | null> {
    return this.#end('SIGTERM');
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  #end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    if (this.isRunning) {
      this.#processesAtEnd = process.platform === 'linux' ? this.processes : [];
      this.#server.process.kill(signal);
    }
    return this.ended;
  }
}
