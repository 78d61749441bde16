import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LambdaFunctionModel } from '../template/app-model.ts';

/** What functions are made of, wherever their code lies. */
export interface FunctionContents {
  /** A hash of a function's settings, code and layers: two functions with the same one run alike. */
  of(model: LambdaFunctionModel): Promise<string>;
}

/** An asset of the CDK, whose name is a hash of what is in it. */
const NAMED_BY_HASH = /^asset\.[0-9a-f]{64}(\.\w+)?$/;

/** Reads a model's files once: a later change of the same place comes with another model. */
export function functionContents(): FunctionContents {
  const hashes = new WeakMap<LambdaFunctionModel, Promise<string>>();
  const assets = new Map<string, Promise<string>>();

  const pathHash = (path: string): Promise<string> => {
    if (!NAMED_BY_HASH.test(basename(path))) {
      return contentHash(path);
    }
    const known = assets.get(basename(path)) ?? contentHash(path);
    assets.set(basename(path), known);
    return known;
  };

  return {
    of(model) {
      const known = hashes.get(model) ?? hashOf(model, pathHash);
      hashes.set(model, known);
      return known;
    },
  };
}

async function hashOf(
  { code, layers, sourceMaps: _, ...settings }: LambdaFunctionModel,
  pathHash: (path: string) => Promise<string>,
): Promise<string> {
  const path = 'directory' in code ? code.directory : 'archive' in code ? code.archive : undefined;
  const parts = await Promise.all([
    path === undefined ? JSON.stringify(code) : pathHash(path),
    ...layers.map(pathHash),
  ]);
  return JSON.stringify([settings, ...parts]);
}

/** Of a file, or of all files in a directory with their names; a path that is gone has a hash too, which no other has. */
async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await add(hash, new Map(), '', path);
    return hash.digest('hex');
  } catch (error) {
    return `${path}: ${(error as Error).message}`;
  }
}

/** @param directories the name of each directory that has been read, which links may lead to again, also from within it */
async function add(hash: Hash, directories: Map<string, string>, name: string, path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    const real = await realpath(path);
    const known = directories.get(real);
    if (known !== undefined) {
      hash.update(`${name}\0as ${known}\0`);
      return;
    }
    directories.set(real, name);
    for (const entry of (await readdir(path)).sort()) {
      await add(hash, directories, `${name}/${entry}`, join(path, entry));
    }
    return;
  }
  const content = await readFile(path);
  hash.update(`${name}\0${content.length}\0`).update(content);
}
