import { existsSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { StartFailure } from '../ground/start-failure.ts';
import { commandsOf, type NodeProgram, parseNodeProgram } from './synthesis/app-command.ts';
import { type AssemblyStore, createAssemblyStore } from './synthesis/assembly-store.ts';
import { loadCdkProject } from './synthesis/cdk-project.ts';
import type { CdkProject } from './synthesis/cdk-project.types.ts';
import { errorLines } from './synthesis/error-lines.ts';
import { ALWAYS_INPUTS, fingerprint } from './synthesis/fingerprint.ts';
import { commandFailure, runCommand } from './synthesis/run-command.ts';
import { WarmProcess } from './synthesis/warm-process.ts';
import type { RebuiltCode } from './synthesis/warm/messages.ts';
import { synthesisVariables } from './synthesize.ts';

/** Files of a project that have been saved. */
export interface ChangedFiles {
  /** Absolute paths. */
  paths: string[];
  /** Whether some of them are new or gone. */
  cameOrWent: boolean;
}

/** A cloud assembly. */
export interface Resynthesized {
  directory: string;
  /** When the app began to run, which has seen every file as it was then, in epoch milliseconds; 0 when that is not known. */
  appBegan: number;
}

export interface ResynthesisOptions {
  /** Of cdk.json. */
  project: string;
  /** Keeps assemblies between starts. */
  out: string;
  /** Of the app's environment, besides those of this process, which take precedence. @default none */
  variables?: Readonly<Record<string, string>>;
  /** A command that generates sources, to be run first. @default none */
  generate?: string;
  /** The folder of the bundle that the server runs from. */
  bundle: string;
}

/**
 * Synthesizes a CDK project again and again. The programs of Node.js that its commands end with run in a process that is kept warm; what comes
 * before them, such as `npx tsc`, and the commands of other projects run as `synthesize` runs them.
 */
export class Resynthesis {
  readonly #options: ResynthesisOptions;
  readonly #store: AssemblyStore;
  readonly #warm: WarmProcess;

  constructor(options: ResynthesisOptions) {
    const directory = resolve(options.project);
    this.#options = { ...options, project: directory, out: resolve(options.out) };
    this.#store = createAssemblyStore(this.#options.out);
    this.#warm = new WarmProcess(options.bundle, directory);
  }

  /** Loads what a first synthesis would otherwise load, where there is something to keep loaded. */
  async prepare(): Promise<void> {
    const { warm } = this.#commandsOf(loadCdkProject(this.#options.project));
    if (warm.length > 0) {
      await this.#synthesize(NOTHING, async () => undefined, 'warm');
    }
  }

  /**
   * @param saved what has changed since the last time
   * @param rebuilt called first when only sources of bundles have changed, with the code that differs; the app is synthesized when it has ended
   * @throws StartFailure when one of the commands fails
   */
  async synthesize(
    saved: ChangedFiles,
    rebuilt: (code: RebuiltCode[]) => Promise<void> = async () => undefined,
  ): Promise<Resynthesized> {
    return this.#synthesize(saved, rebuilt, 'all');
  }

  async #synthesize(
    saved: ChangedFiles,
    rebuilt: (code: RebuiltCode[]) => Promise<void>,
    which: 'all' | 'warm',
  ): Promise<Resynthesized> {
    const { project: directory, out, variables = {} } = this.#options;
    const project = loadCdkProject(directory);
    if (saved.paths.some((path) => ALWAYS_INPUTS.includes(basename(path)))) {
      this.#warm.close(); // what the process has loaded may be of another version
    }
    const environment = { ...variables, ...process.env };
    const given = Object.keys(variables).map((name) => [name, environment[name] ?? ''] as const);
    const before = fingerprint(project, out, given);
    const folder = this.#store.begin();
    let appBegan: number;
    try {
      appBegan = await this.#run(
        project,
        saved,
        { ...environment, ...synthesisVariables(project, folder) },
        rebuilt,
        which,
      );
      if (!existsSync(join(folder, 'manifest.json'))) {
        throw commandFailure(project.app, 'wrote no cloud assembly');
      }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    // The app may or may not have seen a file that was saved while it ran.
    const isSame = fingerprint(project, out, given) === before;
    return { directory: this.#store.keep(folder, isSame ? before : undefined), appBegan };
  }

  close(): void {
    this.#warm.close();
  }

  async #run(
    project: CdkProject,
    { paths, cameOrWent }: ChangedFiles,
    environment: NodeJS.ProcessEnv,
    rebuilt: (code: RebuiltCode[]) => Promise<void>,
    which: 'all' | 'warm',
  ): Promise<number> {
    const { cold, warm } = this.#commandsOf(project);
    for (const command of which === 'all' ? cold : []) {
      await runCommand(command, project.directory, environment);
    }
    if (warm.length === 0) {
      return 0;
    }
    const request = {
      programs: warm.map(({ program }) => program),
      environment: { ...environment },
      changed: paths,
      filesCameOrWent: cameOrWent,
    };
    const { failure, lastBegan } = await this.#warm.run(request, rebuilt);
    if (failure) {
      throw failureOf(warm[failure.program]!.command, failure.output);
    }
    return lastBegan;
  }

  /** The commands in their order, from the first one on that only programs of Node.js follow apart. */
  #commandsOf(project: CdkProject): { cold: string[]; warm: WarmCommand[] } {
    const commands = [this.#options.generate, project.build, project.app]
      .filter((one) => one !== undefined)
      .flatMap(commandsOf);
    const programs = commands.map((command) => parseNodeProgram(command, project.directory));
    const from = programs.lastIndexOf(undefined) + 1;
    return {
      cold: commands.slice(0, from),
      warm: programs
        .slice(from)
        .map((program, index) => ({ command: commands[from + index]!, program: program! })),
    };
  }
}

interface WarmCommand {
  command: string;
  program: NodeProgram;
}

const NOTHING: ChangedFiles = { paths: [], cameOrWent: false };

const failureOf = (command: string, output: string): StartFailure =>
  commandFailure(command, `failed: ${errorLines(output) || output}`);
