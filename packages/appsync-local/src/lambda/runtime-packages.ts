import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../ground/package-files.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { nodeMajor } from './runtime-difference.ts';
import { linkSdkV2, SDK_V2 } from './sdk-v2.ts';

/**
 * Scopes of the packages that Lambda's Node.js runtimes bring along, so that bundlers leave them out of a function's
 * code, as CDK's NodejsFunction does by default (AWS Lambda developer guide, "Runtime-included SDK versions").
 */
const SCOPES = ['@aws-sdk', '@smithy'];

/** This program, above which are the packages of the project that it is installed in. */
const PROGRAM = fileURLToPath(import.meta.url);

/** The last version of Node.js whose Lambda runtime has version 2 of the AWS SDK, and not version 3. */
const LAST_WITH_SDK_V2 = 16;

/** Which version of the AWS SDK a runtime brings along. */
export const sdkOf = (runtime: string): 'v2' | 'v3' =>
  (nodeMajor(runtime) ?? Infinity) <= LAST_WITH_SDK_V2 ? 'v2' : 'v3';

/**
 * Makes `directory/node_modules` hold the AWS SDK, where functions placed below `directory` find it and nothing else:
 * the packages that the project of the code has installed, for others those beside this program, then those that it brings
 * along. A package that none of them has stays missing.
 */
export async function linkRuntimePackages(
  directory: string,
  { code, runtime }: Pick<LambdaFunctionModel, 'code' | 'runtime'>,
): Promise<void> {
  if (sdkOf(runtime) === 'v2') {
    const found = findSdkV2({ code });
    await mkdir(join(directory, 'node_modules'), { recursive: true });
    if (found !== null) {
      await linkSdkV2(found, join(directory, 'node_modules'));
    }
    return;
  }
  const places = placesFor({ code });
  for (const scope of SCOPES) {
    const target = join(directory, 'node_modules', scope);
    await mkdir(target, { recursive: true });
    for (const place of places) {
      await linkAll(join(place, scope), target);
    }
  }
}

/** Where version 2 of the AWS SDK is installed for a function; null where it is not. */
export const findSdkV2 = ({ code }: Pick<LambdaFunctionModel, 'code'>): string | null =>
  placesFor({ code })
    .map((place) => join(place, SDK_V2))
    .find((directory) => existsSync(join(directory, 'package.json'))) ?? null;

/** The nearest first. Code that is inline has no place of its own. */
const placesFor = ({ code }: Pick<LambdaFunctionModel, 'code'>): string[] => [
  ...('directory' in code ? nodeModulesAbove(code.directory) : []),
  ...nodeModulesAbove(PROGRAM),
  broughtAlong(),
];

/** Above a function's code they are those of the project that wrote the cloud assembly, while it is where it was made. */
function nodeModulesAbove(start: string): string[] {
  const above: string[] = [];
  for (let at = resolve(start); dirname(at) !== at; at = dirname(at)) {
    above.push(join(dirname(at), 'node_modules'));
  }
  return above.filter((place) => existsSync(place));
}

function broughtAlong(): string {
  return resolve(packageFile('@aws-sdk/client-dynamodb', 'package.json'), '..', '..', '..');
}

/** A package that is there already stays: it came from nearer the code. */
async function linkAll(from: string, target: string): Promise<void> {
  for (const name of await readdir(from).catch(() => [])) {
    await symlink(join(from, name), join(target, name), 'junction').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}

/** A sentence for people about functions whose runtime brings version 2 of the AWS SDK, which is not installed here; else null. */
export function missingSdkV2(functions: LambdaFunctionModel[]): string | null {
  const without = functions.filter((model) => sdkOf(model.runtime) === 'v2' && findSdkV2(model) === null);
  if (without.length === 0) {
    return null;
  }
  const names = without.map(({ functionName, runtime }) => `${functionName} (${runtime})`).join(', ');
  return `The runtime of ${names} brings the AWS SDK v2, which is not installed here: npm install --no-save aws-sdk, or what requires it fails.`;
}
