import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { identify, isRunning } from '../ground/process-identity.ts';
import { pythonVersion } from '../ground/python.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { linkRuntimePackages, sdkOf } from './runtime-packages.ts';
import { isZip } from './zip-signature.ts';

export interface CodeStore {
  /** @returns the task root of a function. @throws when its code cannot be read. */
  place(model: LambdaFunctionModel): Promise<string>;
  /** @returns the directories of copies of a function's layers, in their order */
  placeLayers(model: LambdaFunctionModel): Promise<string[]>;
  remove(): Promise<void>;
}

/**
 * Keeps a copy of each function's code in a temporary directory, made when the function is first needed. Lambda runs code in
 * isolation: inside the project Node.js would find the project's package.json (is `index.js` a module?) and its node_modules (a
 * forgotten dependency would be there). Beside the copies are the packages of Lambda's runtime.
 *
 * The directory's name contains the identity of this process, so that a later one can remove what a killed one left.
 */
export async function openCodeStore(parent = tmpdir()): Promise<CodeStore> {
  const { pid, startTime } = identify(process.pid);
  const root = await realpath(await mkdtemp(join(parent, `lambda-${pid}-${startTime}-`)));
  const tidying = removeAbandoned(parent);
  const placed = new Map<LambdaFunctionModel, Promise<string>>();
  const versions = new Map<string, number>();
  const layers = new Map<string, Promise<string>>();

  return {
    place(model) {
      const known = placed.get(model);
      if (known) {
        return known;
      }
      const version = versions.get(model.functionName) ?? 0;
      versions.set(model.functionName, version + 1);
      const copy = placeCode(root, model, version);
      placed.set(model, copy);
      return copy;
    },
    placeLayers: ({ layers: directories, runtime }) =>
      Promise.all(
        directories.map((directory) => {
          const folder = join(root, sdkOf(runtime), 'layers');
          const copy =
            layers.get(join(folder, directory)) ?? copyTo(join(folder, String(layers.size)), directory);
          layers.set(join(folder, directory), copy);
          return copy;
        }),
      ),
    async remove() {
      await Promise.allSettled([...placed.values(), ...layers.values(), tidying]);
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** `lambda-PID-START TIME-` and the six characters of mkdtemp. */
const OURS = /^lambda-(\d+)-([\w-]*)-\w{6}$/;

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid, startTime = ''] = OURS.exec(name) ?? [];
    if (pid === undefined || isRunning({ pid: Number(pid), startTime })) {
      continue;
    }
    // Another user's directory stays, and another server may have removed it first.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** @param version of the function's code, from 0: earlier ones may still be running */
async function placeCode(store: string, model: LambdaFunctionModel, version: number): Promise<string> {
  const { functionName, code, runtime } = model;
  const root = join(store, version === 0 ? '' : `version-${version}`, sdkOf(runtime));
  const taskRoot = join(root, functionName);
  if (pythonVersion(runtime) === null) {
    await linkRuntimePackages(root, model);
  }
  if ('directory' in code) {
    return copyTo(taskRoot, code.directory);
  }
  if ('archive' in code) {
    return copyTo(taskRoot, code.archive);
  }
  await mkdir(taskRoot, { recursive: true });
  await writeFile(join(taskRoot, code.fileName), code.text);
  return taskRoot;
}

/** Copies a directory, unpacks a zip file, or copies another file into `target`, as it would be zipped alone. */
async function copyTo(target: string, source: string): Promise<string> {
  if ((await stat(source)).isDirectory()) {
    await cp(source, target, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  } else if (await isZip(source)) {
    // Loaded late: most apps have their code in directories.
    const { unzip } = await import('./unzip.ts');
    await unzip(source, target);
  } else {
    await cp(source, join(target, basename(source)));
  }
  return target;
}
