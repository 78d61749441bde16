import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/**
 * Scopes of the packages that Lambda's Node.js runtimes bring along, so that bundlers leave them out of a function's
 * code, as CDK's NodejsFunction does by default (AWS Lambda developer guide, "Runtime-included SDK versions").
 */
const SCOPES = ['@aws-sdk', '@smithy'];

/** A package of this project by which its `node_modules` is found. */
const ONE_OF_OURS = '@aws-sdk/client-dynamodb/package.json';

/**
 * Makes `directory/node_modules` hold the AWS SDK, where functions placed below `directory` find it and nothing else:
 * the packages that the project of the code has installed, and for others those of this project. A package that
 * neither has stays missing.
 * @param codeDirectory where the function's code is on disk; undefined for code that is inline
 */
export async function linkRuntimePackages(
  directory: string,
  codeDirectory: string | undefined,
): Promise<void> {
  const places = [
    ...(codeDirectory === undefined ? [] : nodeModulesAbove(codeDirectory)),
    ...ourNodeModules(),
  ];
  for (const scope of SCOPES) {
    const target = join(directory, 'node_modules', scope);
    await mkdir(target, { recursive: true });
    for (const place of places) await linkAll(join(place, scope), target);
  }
}

/** Of the project that wrote the cloud assembly, when it is still where it was made. */
function nodeModulesAbove(start: string): string[] {
  const above: string[] = [];
  for (let at = resolve(start); dirname(at) !== at; at = dirname(at))
    above.push(join(dirname(at), 'node_modules'));
  return above.filter((place) => existsSync(place));
}

function ourNodeModules(): string[] {
  const found = createRequire(import.meta.url).resolve(ONE_OF_OURS);
  return [resolve(dirname(found), '..', '..')];
}

/** A package that is there already stays: it came from nearer the code. */
async function linkAll(from: string, target: string): Promise<void> {
  for (const name of await readdir(from).catch(() => [])) {
    await symlink(join(from, name), join(target, name), 'junction').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
