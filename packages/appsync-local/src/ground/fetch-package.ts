import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from './make-directory.ts';
import { npm } from './npm.ts';

/** A package of the registry. */
export interface WantedPackage {
  name: string;
  version: string;
  /** Where its `node_modules` is to be. */
  folder: string;
  /** The SHA-512 of its archive. @default not known: npm compares the archive with what the registry says of it */
  integrity: string | undefined;
}

/**
 * Fetches a package with its dependencies by npm, and so from the registry, through the proxy and with the certificates that npm is
 * configured for. Their scripts are not run. The folder appears complete or not at all, so any number of servers may fetch it at once.
 *
 * @param signal ends the download at once
 * @throws Error with npm's reason, or when the registry has another archive than the one that was published.
 */
export async function fetchPackage(
  wanted: WantedPackage,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<void> {
  makeDirectory(dirname(wanted.folder));
  const folder = mkdtempSync(`${wanted.folder}.`);
  try {
    await npm(installInto(folder, wanted), environment, signal);
    checkIntegrity(folder, wanted);
    moveTo(wanted.folder, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `--force` lets npm install a package for another platform: the one for x64 on Windows on arm64. */
const installInto = (folder: string, { name, version }: WantedPackage): string[] => [
  'install',
  `${name}@${version}`,
  '--prefix',
  folder,
  '--no-global',
  '--no-save',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--force',
];

/** npm has compared the archive with `integrity`, and has noted it. */
function checkIntegrity(folder: string, { name, version, integrity }: WantedPackage): void {
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const found = lock.packages[`node_modules/${name}`]?.integrity;
  if (found === undefined || !found.startsWith('sha512-')) {
    throw new Error(`the registry gives no SHA-512 of ${name}@${version}`);
  }
  if (integrity !== undefined && found !== integrity) {
    throw new Error(`the registry has another ${name}@${version} than the one published: ${found}`);
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
