import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type * as Esbuild from 'esbuild';
import { unreferenceChildProcesses } from './child-processes.ts';
import type { RebuiltCode } from './messages.ts';

/** What a call has returned, or thrown. */
type Outcome = { result: Result } | { failure: unknown };

type Result = Esbuild.BuildResult<{ write: false; metafile: true }>;

/** One call of esbuild, with its answer for as long as the sources are the same. */
export class KeptBuild {
  readonly #esbuild: typeof Esbuild;
  readonly #options: Esbuild.BuildOptions;
  #outcome: Outcome;
  /** Time and size of each source outside of packages; undefined for one that may have changed while it was read. */
  #stamps = new Map<string, string | undefined>();
  #context: Promise<Esbuild.BuildContext<{ write: false; metafile: true }>> | undefined;

  private constructor(
    esbuild: typeof Esbuild,
    options: Esbuild.BuildOptions,
    began: number,
    outcome: Outcome,
  ) {
    this.#esbuild = esbuild;
    this.#options = options;
    this.#outcome = outcome;
    this.#stamp(began);
  }

  static sync(esbuild: typeof Esbuild, options: Esbuild.BuildOptions): KeptBuild {
    const began = Date.now();
    try {
      return new KeptBuild(esbuild, options, began, { result: esbuild.buildSync(inMemory(options)) });
    } catch (failure) {
      return new KeptBuild(esbuild, options, began, { failure });
    }
  }

  static async made(esbuild: typeof Esbuild, options: Esbuild.BuildOptions): Promise<KeptBuild> {
    const began = Date.now();
    const outcome = await outcomeOf(esbuild.build(inMemory(options)));
    return new KeptBuild(esbuild, options, began, outcome);
  }

  /** @throws what esbuild has thrown */
  result(): Result {
    if ('failure' in this.#outcome) {
      throw this.#outcome.failure;
    }
    return this.#outcome.result;
  }

  hasSource(path: string): boolean {
    return this.#stamps.has(path);
  }

  /** A build that failed has reported no sources. */
  isStale(): boolean {
    return 'failure' in this.#outcome || [...this.#stamps.keys()].some((path) => this.#hasChanged(path));
  }

  /**
   * Builds again: of many entry points only those that a changed file is part of; one alone from what esbuild remembers of it.
   * @returns the outputs that differ
   */
  async refresh(filesCameOrWent: boolean): Promise<RebuiltCode[]> {
    const before = this.#outcome;
    const changed =
      filesCameOrWent || 'failure' in before ? undefined : this.#changedEntryPoints(before.result);
    const began = Date.now();
    const outcome = await outcomeOf(changed ? this.#esbuild.build(inMemory(changed)) : this.#rebuild());
    if ('failure' in before || 'failure' in outcome) {
      this.#outcome = outcome;
      this.#stamp(began);
      return [];
    }
    this.#outcome = { result: changed ? merged(before.result, outcome.result) : outcome.result };
    this.#stamp(began);
    return differences(before.result, outcome.result);
  }

  /** Takes the time of a first build now, unless only parts of it are built at a change. */
  prepare(): void {
    const { entryPoints } = this.#options;
    if (this.#context === undefined && !(Array.isArray(entryPoints) && entryPoints.length > 1)) {
      void this.#rebuild().catch(() => undefined);
    }
  }

  dispose(): void {
    void this.#context?.then((context) => context.dispose()).catch(() => undefined);
  }

  async #rebuild(): Promise<Result> {
    this.#context ??= this.#esbuild.context(inMemory(this.#options));
    const context = await this.#context;
    unreferenceChildProcesses();
    return context.rebuild();
  }

  /** The options for the changed entry points alone; undefined when those are all, or cannot be distinguished from others. */
  #changedEntryPoints({ metafile }: Result): Esbuild.BuildOptions | undefined {
    const { entryPoints, splitting, bundle } = this.#options;
    if (!Array.isArray(entryPoints) || entryPoints.length < 2 || splitting || !bundle) {
      return undefined;
    }
    const outputs = Object.values(metafile.outputs).filter((output) => output.entryPoint !== undefined);
    const changed = new Set(
      outputs
        .filter(({ inputs }) => Object.keys(inputs).some((path) => this.#hasChanged(this.#absolute(path))))
        .map(({ entryPoint }) => this.#absolute(entryPoint!)),
    );
    const fileOf = (entry: string | { in: string }): string =>
      this.#absolute(typeof entry === 'string' ? entry : entry.in);
    const some = (entryPoints as string[]).filter((entry) => changed.has(fileOf(entry)));
    return some.length === 0 || some.length === entryPoints.length || some.length !== changed.size
      ? undefined
      : {
          ...this.#options,
          entryPoints: some,
          outbase: this.#options.outbase ?? commonFolder(entryPoints.map(fileOf)),
        };
  }

  #hasChanged(path: string): boolean {
    const stamp = this.#stamps.get(path);
    return stamp === undefined || stamp !== stampOf(path);
  }

  #stamp(began: number): void {
    if ('failure' in this.#outcome) {
      return;
    }
    const sources = Object.keys(this.#outcome.result.metafile.inputs)
      .map((path) => this.#absolute(path))
      .filter((path) => !path.includes(`${sep}node_modules${sep}`));
    this.#stamps = new Map(sources.map((path) => [path, stampOf(path, began)]));
  }

  #absolute(path: string): string {
    return resolve(this.#options.absWorkingDir ?? process.cwd(), path);
  }
}

const inMemory = (options: Esbuild.BuildOptions) =>
  ({ ...options, write: false, metafile: true, logLevel: 'silent' }) as const;

const outcomeOf = (build: Promise<Result>): Promise<Outcome> =>
  build.then(
    (result) => ({ result }),
    (failure: unknown) => ({ failure }),
  );

/** @param before undefined for a file that changed at that time or later, in epoch milliseconds */
function stampOf(path: string, before = Infinity): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && stats.mtimeMs < before ? `${stats.mtimeMs} ${stats.size}` : undefined;
}

function merged(whole: Result, part: Result): Result {
  const parts = new Map(part.outputFiles.map((file) => [file.path, file]));
  return {
    ...whole,
    outputFiles: whole.outputFiles.map((file) => parts.get(file.path) ?? file),
    metafile: {
      inputs: { ...whole.metafile.inputs, ...part.metafile.inputs },
      outputs: { ...whole.metafile.outputs, ...part.metafile.outputs },
    },
  };
}

function differences(before: Result, after: Result): RebuiltCode[] {
  const texts = new Map(before.outputFiles.map(({ path, text }) => [path, text]));
  const maps = new Map(after.outputFiles.map(({ path, text }) => [path, text]));
  return after.outputFiles.flatMap(({ path, text }) => {
    const earlier = texts.get(path);
    const sourceMap = maps.get(`${path}.map`);
    return earlier === undefined || earlier === text || path.endsWith('.map')
      ? []
      : [{ before: earlier, after: text, ...(sourceMap !== undefined && { sourceMap }) }];
  });
}

function commonFolder(files: string[]): string {
  return files.map(dirname).reduce((folder, other) => {
    let common = folder;
    while (relative(common, other).startsWith('..')) {
      common = dirname(common);
    }
    return common;
  });
}
