import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunctionModel } from '../template/model.ts';
import { linkRuntimePackages } from './runtime-packages.ts';

export interface CodeStore {
  /** @returns the task root of a function. @throws when its code directory cannot be read. */
  place(model: LambdaFunctionModel): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Keeps a copy of each function's code in a temporary directory, made when the function is first needed. A copy,
 * because what Lambda runs has nothing around it: inside the project Node.js would find the project's package.json
 * (is `index.js` a module?) and its node_modules (a forgotten dependency would be there). Beside the copies lies what
 * Lambda's runtime brings along.
 */
export async function openCodeStore(): Promise<CodeStore> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'lambda-')));
  const placed = new Map<string, Promise<string>>();

  return {
    place(model) {
      const known = placed.get(model.functionName);
      if (known) return known;
      const copy = placeCode(root, model);
      placed.set(model.functionName, copy);
      return copy;
    },
    async remove() {
      await Promise.allSettled(placed.values());
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function placeCode(root: string, { functionName, code }: LambdaFunctionModel): Promise<string> {
  const taskRoot = join(root, functionName);
  if ('directory' in code) {
    await linkRuntimePackages(root, code.directory);
    await cp(code.directory, taskRoot, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
  } else {
    await linkRuntimePackages(root, undefined);
    await mkdir(taskRoot);
    await writeFile(join(taskRoot, code.fileName), code.text);
  }
  return taskRoot;
}
