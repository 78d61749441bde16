import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHome, userCacheDirectory } from '../ground/cache-directory.ts';
import { fetchPackage } from '../ground/fetch-package.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { SDK_V2 } from './sdk-v2.ts';

/** The last one: version 2 is no longer developed (AWS SDK for JavaScript v2, end-of-support announcement of 2025-09-08). */
const VERSION = '2.1693.0';
const INTEGRITY =
  'sha512-cJmb8xEnVLT+R6fBS5sn/EFJiX7tUnDaPtOPZ1vFbOJtd0fnZn/Ky2XGgsvvoeliWeH7mL3TWSX5zXXGSQV6gQ==';

/** Where an earlier start put version 2 of the AWS SDK. */
export const sdkV2Folder = (environment: NodeJS.ProcessEnv = process.env): string =>
  join(userCacheDirectory(environment), SDK_V2, VERSION);

/**
 * Fetches version 2 of the AWS SDK into the user's cache, for functions of runtimes that bring it. Offline the functions run without it.
 *
 * @param log receives one line before the download, and one with the reason when it fails
 * @param signal ends the download at once
 */
export async function fetchSdkV2(
  log: (line: string) => void,
  signal?: AbortSignal,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const folder = sdkV2Folder(environment);
  log(
    `fetching the AWS SDK v2 of the functions' runtime, once: ${SDK_V2}@${VERSION}, about 12 MB, into ${fromHome(folder)} …`,
  );
  const wanted = { name: SDK_V2, version: VERSION, folder, integrity: INTEGRITY };
  await fetchPackage(wanted, environment, signal).catch((error: unknown) =>
    log(`the AWS SDK v2 cannot be downloaded: ${(error as Error).message}`),
  );
}

const REQUEST = /(['"`])aws-sdk(\/[\w/.-]+)?\1/;

/** Whether code mentions the package; code in an archive may. */
export function asksForSdkV2(code: LambdaFunctionModel['code']): boolean {
  if ('text' in code) {
    return REQUEST.test(code.text);
  }
  return 'archive' in code || asksWithin(code.directory);
}

/** Packages of the function bring along what they ask for. */
const asksWithin = (directory: string): boolean =>
  readdirSync(directory, { withFileTypes: true }).some((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return entry.name !== 'node_modules' && asksWithin(path);
    }
    return /\.[cm]?js$/.test(entry.name) && REQUEST.test(readFileSync(path, 'utf8'));
  });
