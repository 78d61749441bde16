import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromHome, userCacheDirectory } from '../ground/cache-directory.ts';
import { fetchPackage } from '../ground/fetch-package.ts';

/** Of all the engine's packages; `optionalDependencies` of package.json has the same. */
export const ENGINE_VERSION = '1.2.1';

/**
 * The packages that the engine's authors publish (dynoxide's `npm/dynoxide/package.json`), by platform. Windows on arm64 runs
 * programs for x64.
 */
const PACKAGES: Partial<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'win32-arm64': 'win32-x64',
  'win32-x64': 'win32-x64',
};

/**
 * What the registry must say of a package, by name. Only the package that could be read where this version was made has an
 * entry; npm compares every archive with what the registry says of it.
 */
const INTEGRITY: Partial<Record<string, string>> = {
  '@dynoxide/linux-x64':
    'sha512-sBHqlxJ9ANkLluFkYRfd5r8Y0ApFew4FhOrlhgRAgD4XzEoFOukEo1nuBTQ1+jTtofqwn4NWQ2k0Tn5mNTjgUg==',
};

/** The name of the package with the engine's program for a platform; undefined if there is none. */
export function enginePackage(platform: string): string | undefined {
  const name = PACKAGES[platform];
  return name === undefined ? undefined : `@dynoxide/${name}`;
}

/** The engine's program in the folder of its package; null if it has none. */
export function programIn(folder: string, platform: string): string | null {
  const program = join(folder, platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide');
  return existsSync(program) ? program : null;
}

/** The program that an earlier start has fetched for a platform; null if none has. */
export function fetchedBinary(platform: string, environment: NodeJS.ProcessEnv): string | null {
  const name = enginePackage(platform);
  return name === undefined
    ? null
    : programIn(join(folderOf(name, environment), 'node_modules', name), platform);
}

/**
 * Fetches the package with the engine's program for a platform into the user's cache (see `fetchPackage`).
 *
 * @param log receives one line before a download that may take seconds.
 * @param signal ends the download at once
 * @throws Error with npm's reason, or when the registry has another archive than the one that was published.
 */
export function fetchEngine(
  name: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const folder = folderOf(name, environment);
  log(
    `downloading the engine for this platform, once: ${name}@${ENGINE_VERSION}, about 4 MB, into ${fromHome(folder)} …`,
  );
  return fetchPackage(
    { name, version: ENGINE_VERSION, folder, integrity: INTEGRITY[name] },
    environment,
    signal,
  );
}

const folderOf = (name: string, environment: NodeJS.ProcessEnv): string =>
  join(userCacheDirectory(environment), 'engine', `${ENGINE_VERSION}-${name.slice(name.indexOf('/') + 1)}`);
