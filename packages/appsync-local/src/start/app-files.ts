import { statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { assembliesDirectory } from '../ground/cache-directory.ts';
import type { Assembly } from '../template/assembly.ts';
import { giveParameters } from '../template/given-parameters.ts';
import { loadAssembly } from '../template/load-assembly.ts';
import { Resynthesis } from '../template/resynthesis.ts';
import { finishedAssembly, loadCdkProject } from '../template/synthesis/cdk-project.ts';
import { ALWAYS_INPUTS, inputsOf } from '../template/synthesis/fingerprint.ts';
import { compileGlobs } from '../template/synthesis/glob.ts';
import type { RebuiltCode } from '../template/synthesis/warm/messages.ts';
import type { FilesWatcherOptions } from '../watch/files-watcher.ts';
import type { SavedFiles } from '../watch/saved-files.ts';
import { assemblyOf, isCdkApp } from './app-assembly.ts';
import { loadEnvironmentFile } from './environment-file.ts';
import type { LocalOptions } from './local-options.ts';

/** The files that an app is made of. */
export interface AppFiles {
  watched: Omit<FilesWatcherOptions, 'onSaved'>;
  /** Does now what takes its time at the first change only. */
  prepare(): Promise<void>;
  /**
   * Makes the app's assembly anew.
   * @param rebuilt called first when only sources of bundles have changed, with the code that differs
   * @throws StartFailure when that fails
   */
  load(saved: SavedFiles, rebuilt: (code: RebuiltCode[]) => Promise<void>): Promise<LoadedFiles>;
  close(): void;
}

/** What a load has made of the files. */
interface LoadedFiles {
  assembly: Assembly;
  /** Whether a file is taken in although it was saved meanwhile: one that a generator has written. */
  tookIn(path: string): boolean;
}

/** @param bundle the folder of the bundle that the server runs from */
export function openAppFiles(options: LocalOptions, bundle: string): AppFiles {
  const { template, assembly: app = '.' } = options;
  if (template !== undefined) {
    return plainFiles(options, dirname(resolve(template)));
  }
  const finished = isCdkApp(app) ? finishedAssembly(loadCdkProject(resolve(app))) : app;
  return finished === undefined
    ? projectFiles(options, resolve(app), bundle)
    : plainFiles(options, resolve(finished));
}

/** A template with the files that it names, or an assembly that somebody else synthesizes. */
function plainFiles(options: LocalOptions, directory: string): AppFiles {
  const data =
    options.dataDirectory === undefined ? [] : [relative(directory, resolve(options.dataDirectory))];
  const variables = variablesOf(options);
  return {
    watched: {
      directory,
      ignores: compileGlobs(['**/node_modules', '**/.git', '**/.local', ...data.filter(isBelow)]),
    },
    prepare: async () => undefined,
    load: async () => ({
      assembly: await assemblyOf(options, () => undefined, variables),
      tookIn: () => false,
    }),
    close: () => undefined,
  };
}

function projectFiles(options: LocalOptions, directory: string, bundle: string): AppFiles {
  const project = loadCdkProject(directory);
  const out = resolve(assembliesDirectory(options.assembly));
  const resynthesis = new Resynthesis({
    ...{ project: directory, out, bundle },
    variables: variablesOf(options),
    ...(options.generate !== undefined && { generate: options.generate }),
  });
  const { includes, excludes } = inputsOf(project, out);
  const always = new Set(ALWAYS_INPUTS);
  const data = options.dataDirectory === undefined ? '' : relative(directory, resolve(options.dataDirectory));
  const isData = compileGlobs(isBelow(data) ? [data] : []);
  return {
    watched: {
      directory,
      roots: rootsOf(project.watch.include, directory),
      ignores: (path) => (excludes(path) && !always.has(path)) || isData(path),
      includes: (path) => includes(path) || always.has(path),
    },
    prepare: () => resynthesis.prepare(),
    async load(saved, rebuilt) {
      const began = Date.now();
      const { directory: made, appBegan } = await resynthesis.synthesize(saved, rebuilt);
      const assembly = loadAssembly(made);
      giveParameters(assembly, options.parameters ?? new Map());
      return { assembly, tookIn: (path) => isWrittenBetween(path, began, appBegan) };
    },
    close: () => resynthesis.close(),
  };
}

const variablesOf = ({ environmentFile }: LocalOptions) =>
  environmentFile === undefined ? {} : loadEnvironmentFile(environmentFile);

const isBelow = (path: string): boolean => path !== '' && !path.startsWith('..');

/** The folders that patterns begin with, such as `infra` of `infra/**`, and the files that are always inputs. */
function rootsOf(patterns: string[], directory: string): string[] {
  const folders = patterns.map((pattern) => {
    const names = pattern.split('/');
    const end = names.findIndex((name) => /[*?[{]/.test(name));
    return names.slice(0, end === -1 ? undefined : end).join('/');
  });
  const names = folders.includes('') ? [''] : [...folders, ...ALWAYS_INPUTS];
  return names.map((name) => join(directory, name));
}

function isWrittenBetween(path: string, from: number, to: number): boolean {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  return from <= mtimeMs && mtimeMs < to;
}
