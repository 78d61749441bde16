import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunctionModel } from '../template/model.ts';

export interface CodeStore {
  /** @returns the task root of a function. @throws when its code directory cannot be read. */
  place(model: LambdaFunctionModel): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Keeps a copy of each function's code in a temporary directory, made when the function is first needed. A copy,
 * because what Lambda runs has nothing around it: inside the project Node.js would find the project's package.json
 * (is `index.js` a module?) and its node_modules (a forgotten dependency would be there).
 */
export async function openCodeStore(): Promise<CodeStore> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'lambda-')));
  const placed = new Map<string, Promise<string>>();

  return {
    place(model) {
      const known = placed.get(model.functionName);
      if (known) return known;
      const copy = placeCode(join(root, model.functionName), model.code);
      placed.set(model.functionName, copy);
      return copy;
    },
    async remove() {
      await Promise.allSettled(placed.values());
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function placeCode(taskRoot: string, code: LambdaFunctionModel['code']): Promise<string> {
  if ('directory' in code) {
    await cp(code.directory, taskRoot, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
  } else {
    await mkdir(taskRoot);
    await writeFile(join(taskRoot, code.fileName), code.text);
  }
  return taskRoot;
}
