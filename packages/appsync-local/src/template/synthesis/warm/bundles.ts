import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Esbuild from 'esbuild';
import { noteChildProcesses } from './child-processes.ts';
import { KeptBuild } from './kept-build.ts';
import type { RebuiltCode } from './messages.ts';
import { STAND_IN } from './stand-in.ts';

/**
 * Stands in for the project's esbuild, for programs that call its API: a bundle is made anew only when one of its sources has changed.
 * Calls with plugins go to esbuild itself, because what a plugin reads is not known.
 */
export class Bundles {
  readonly #builds = new Map<string, KeptBuild>();
  /** Keys of the builds that the programs have asked for in this run. */
  readonly #asked = new Set<string>();
  readonly #esbuild: typeof Esbuild | undefined;

  /** @param directory of the project; without esbuild there is nothing to stand in for */
  constructor(directory: string) {
    const require = createRequire(join(directory, 'package.json'));
    let path: string;
    try {
      path = require.resolve('esbuild');
    } catch {
      return;
    }
    noteChildProcesses();
    const esbuild = require(path) as typeof Esbuild;
    this.#esbuild = esbuild;
    const standIn = { ...esbuild, ...this.#standIns(esbuild) };
    require.cache[path]!.exports = standIn;
    Object.assign(globalThis, { [STAND_IN]: standIn });
  }

  /**
   * Makes anew what a changed source is part of, before the programs run.
   * @param filesCameOrWent every bundle may then differ
   * @returns the code that differs
   */
  async refresh(filesCameOrWent: boolean): Promise<RebuiltCode[]> {
    const stale = [...this.#builds.values()].filter((build) => filesCameOrWent || build.isStale());
    const rebuilt = await Promise.all(stale.map((build) => build.refresh(filesCameOrWent)));
    return rebuilt.flat();
  }

  /** Whether a file is part of a bundle. */
  hasSource(path: string): boolean {
    return [...this.#builds.values()].some((build) => build.hasSource(path));
  }

  /** Has esbuild remember what it will be asked for again, while nobody waits. */
  prepare(): void {
    this.#builds.forEach((build) => build.prepare());
  }

  begin(): void {
    this.#asked.clear();
  }

  /** Forgets bundles that the programs no longer ask for. */
  end(): void {
    for (const [key, build] of this.#builds) {
      if (!this.#asked.has(key)) {
        this.#builds.delete(key);
        build.dispose();
      }
    }
  }

  #standIns(esbuild: typeof Esbuild): object {
    return {
      buildSync: (options: Esbuild.BuildOptions) => {
        const key = keyOf(options);
        if (key === undefined) {
          return esbuild.buildSync(options);
        }
        const build = this.#kept(key) ?? this.#keep(key, KeptBuild.sync(esbuild, options));
        return answer(build, options);
      },
      build: async (options: Esbuild.BuildOptions) => {
        const key = keyOf(options);
        if (key === undefined) {
          return esbuild.build(options);
        }
        const build = this.#kept(key) ?? this.#keep(key, await KeptBuild.made(esbuild, options));
        return answer(build, options);
      },
    };
  }

  #kept(key: string): KeptBuild | undefined {
    this.#asked.add(key);
    const build = this.#builds.get(key);
    return build?.isStale() ? undefined : build;
  }

  #keep(key: string, build: KeptBuild): KeptBuild {
    this.#builds.get(key)?.dispose();
    this.#builds.set(key, build);
    return build;
  }
}

/** undefined for options that cannot be compared. */
const keyOf = (options: Esbuild.BuildOptions): string | undefined =>
  options.plugins?.length || options.stdin ? undefined : JSON.stringify(options);

/** @throws what esbuild has thrown */
function answer(build: KeptBuild, { write = true, metafile }: Esbuild.BuildOptions): Esbuild.BuildResult {
  const result = build.result();
  if (write) {
    for (const { path, contents } of result.outputFiles!) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
    }
  }
  return {
    ...result,
    outputFiles: write ? undefined : [...result.outputFiles!],
    metafile: metafile ? result.metafile : undefined,
  };
}
