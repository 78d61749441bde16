import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { userCacheDirectory } from '../ground/cache-directory.ts';
import { makeDirectory } from '../ground/make-directory.ts';
import { npm } from './npm.ts';

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
 * Fetches the package with the engine's program for a platform into the user's cache, by npm, and so from the registry, through
 * the proxy and with the certificates that npm is configured for. Its scripts are not run. The folder appears complete or not
 * at all, so any number of servers may fetch it at once.
 *
 * @param log receives one line before a download that may take seconds.
 * @param signal ends the download at once
 * @throws Error with npm's reason, or when the registry has another archive than the one that was published.
 */
export async function fetchEngine(
  name: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const target = folderOf(name, environment);
  log(
    `fetching the engine's program for this platform, once: ${name}@${ENGINE_VERSION}, about 4 MB, into ${shown(target)} …`,
  );
  makeDirectory(dirname(target));
  const folder = mkdtempSync(`${target}.`);
  try {
    await install(name, folder, environment, signal);
    checkIntegrity(name, folder);
    moveTo(target, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const folderOf = (name: string, environment: NodeJS.ProcessEnv): string =>
  join(userCacheDirectory(environment), 'engine', `${ENGINE_VERSION}-${name.slice(name.indexOf('/') + 1)}`);

const shown = (path: string): string =>
  path.startsWith(homedir()) ? `~${path.slice(homedir().length)}` : path;

/** `--force` lets npm install a package for another platform: the one for x64 on Windows on arm64. */
const install = (
  name: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> =>
  npm(
    [
      'install',
      `${name}@${ENGINE_VERSION}`,
      '--prefix',
      folder,
      '--no-global',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--force',
    ],
    environment,
    signal,
  );

/** npm has compared the archive with `integrity`, and has noted it. */
function checkIntegrity(name: string, folder: string): void {
  const expected = INTEGRITY[name];
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const found = lock.packages[`node_modules/${name}`]?.integrity;
  if (found === undefined || !found.startsWith('sha512-')) {
    throw new Error(`the registry gives no SHA-512 of ${name}@${ENGINE_VERSION}`);
  }
  if (expected !== undefined && found !== expected) {
    throw new Error(`the registry has another ${name}@${ENGINE_VERSION} than the one published: ${found}`);
  }
}

/** If another server has fetched it first, its folder serves both. */
function moveTo(target: string, folder: string): void {
  try {
    renameSync(folder, target);
  } catch (error) {
    if (!existsSync(target)) {
      throw error;
    }
  }
}
