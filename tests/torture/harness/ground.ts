import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../packages/appsync-local/tests/server/harness/command.ts';
import { commandOf, stillRunning } from '../../../packages/appsync-local/tests/server/harness/processes.ts';
import { type ServeOptions, Victim } from './victim.ts';

/** Where a run takes place: its directory, its servers, and their end. */
export class Ground {
  /** The items API's cloud assembly, made once for all servers of the run. */
  readonly assembly: string;
  readonly #directory: string;
  readonly #victims = new Set<Victim>();
  /** What servers that have ended had started. */
  readonly #orphans = new Set<number>();
  #directories = 0;

  private constructor(directory: string) {
    this.#directory = directory;
    this.assembly = join(directory, 'app');
  }

  /** @throws Error when the app cannot be synthesized */
  static async open(): Promise<Ground> {
    const ground = new Ground(mkdtempSync(join(tmpdir(), 'torture-')));
    try {
      await synthesizeInto(ground.assembly);
    } catch (error) {
      await ground.close();
      throw error;
    }
    return ground;
  }

  /** A path for a directory that is not there yet, and goes with the run. */
  newPath(name: string): string {
    this.#directories += 1;
    return join(this.#directory, `${name}-${this.#directories}`);
  }

  /** A server of the items API, or of another assembly, that ends with the run at the latest. */
  async serve(options: ServeOptions = {}): Promise<Victim> {
    const victim = await Victim.start(options.assembly ?? this.assembly, options);
    this.#victims.add(victim);
    void victim.ended.then(() => {
      this.#victims.delete(victim);
      victim.processesAtEnd.forEach((pid) => this.#orphans.add(pid));
    });
    return victim;
  }

  /** Ends everything at once, and removes the directory. @returns the commands of what outlived its server */
  async close(): Promise<string[]> {
    for (const victim of this.#victims) {
      await victim.kill();
    }
    const orphans = [...this.#orphans].filter(isOfServer);
    const left = process.platform === 'linux' ? await stillRunning(orphans) : [];
    orphans.forEach(end);
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    return left;
  }
}

/** An id may be of another process by now. */
const isOfServer = (pid: number): boolean => /dynoxide|appsync-local|bootstrap/.test(commandOf(pid));

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** As `cdk synth` does, without the checks that are for who deploys. */
async function synthesizeInto(directory: string): Promise<void> {
  const { app } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8')) as { app: string };
  const [command = '', ...words] = app.split(' ');
  const child = spawn(command, words, {
    cwd: projectRoot,
    env: { ...process.env, CDK_OUTDIR: directory, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(`the app could not be synthesized (exit code ${code}): ${said}`);
  }
}
