import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../ground/package-files.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { asksForSdkV2, sdkV2Folder } from './fetched-sdk-v2.ts';
import { nodeMajor } from './runtime-difference.ts';
import { linkSdkV2, SDK_V2 } from './sdk-v2.ts';

/**
 * Scopes of the packages that Lambda's Node.js runtimes contain, so that bundlers leave them out of a function's code, as CDK's
 * NodejsFunction does by default (AWS Lambda developer guide, "Runtime-included SDK versions").
 */
const SCOPES = ['@aws-sdk', '@smithy'];

/** This program; the packages of the project that it is installed in are in a folder above it. */
const PROGRAM = fileURLToPath(import.meta.url);

/** The last version of Node.js whose Lambda runtime has version 2 of the AWS SDK, and not version 3. */
const LAST_WITH_SDK_V2 = 16;

/** The version of the AWS SDK that a runtime contains. */
export const sdkOf = (runtime: string): 'v2' | 'v3' =>
  (nodeMajor(runtime) ?? Infinity) <= LAST_WITH_SDK_V2 ? 'v2' : 'v3';

/**
 * Provides the AWS SDK in `directory/node_modules`, where functions below `directory` find it and nothing else: the packages
 * that the project of the code has installed, else those beside this program, else those that it contains. A package that none
 * of them has stays missing.
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

/** The folder of version 2 of the AWS SDK for a function; null when it is not installed. */
export const findSdkV2 = ({ code }: Pick<LambdaFunctionModel, 'code'>): string | null =>
  placesFor({ code })
    .map((place) => join(place, SDK_V2))
    .find((directory) => existsSync(join(directory, 'package.json'))) ?? null;

/** Nearest first. Inline code has no folder of its own. */
const placesFor = ({ code }: Pick<LambdaFunctionModel, 'code'>): string[] => [
  ...('directory' in code ? nodeModulesAbove(code.directory) : []),
  ...nodeModulesAbove(PROGRAM),
  broughtAlong(),
  join(sdkV2Folder(), 'node_modules'),
];

/** The node_modules folders above a function's code: those of the project that wrote the cloud assembly, as long as it stays in place. */
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

/** An existing package stays: it is nearer to the code. */
async function linkAll(from: string, target: string): Promise<void> {
  for (const name of await readdir(from).catch(() => [])) {
    await symlink(join(from, name), join(target, name), 'junction').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}

/** The functions whose runtime has version 2 of the AWS SDK and whose code asks for it, where it is not installed here. */
export const withoutSdkV2 = (functions: LambdaFunctionModel[]): LambdaFunctionModel[] =>
  functions.filter(
    (model) => sdkOf(model.runtime) === 'v2' && asksForSdkV2(model.code) && findSdkV2(model) === null,
  );

/** A sentence for people about functions whose runtime has version 2 of the AWS SDK, which is not installed here; else null. */
export function missingSdkV2(functions: LambdaFunctionModel[]): string | null {
  const without = withoutSdkV2(functions);
  if (without.length === 0) {
    return null;
  }
  const names = without.map(({ functionName, runtime }) => `${functionName} (${runtime})`).join(', ');
  return `The runtime of ${names} brings the AWS SDK v2, which is not installed here. Run npm install --no-save aws-sdk; without it, functions that require it fail.`;
}
