import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A hash of what the bundle was made of (build/compile.mjs); not defined when the program runs from its sources. */
declare const BUNDLE_ID: string | undefined;

/** The bundle that contains this module. */
export interface Bundle {
  /** Contains the programs of processes and threads, and the files that modules read. */
  directory: string;
  /** Unique to this version of the program. */
  id: string;
}

/**
 * `src`, or the bundle made of it: a bundle has all modules side by side, and their files in the same folders as below `src`
 * (build/compile.mjs).
 */
const here = dirname(dirname(fileURLToPath(import.meta.url)));

/** undefined when the program runs from its sources. */
export const bundle: Bundle | undefined =
  typeof BUNDLE_ID === 'string' ? { directory: here, id: BUNDLE_ID } : undefined;

/** The folder with the programs of processes and threads: this bundle, or one that is made of the sources now. */
export async function bundleDirectory(): Promise<string> {
  if (bundle !== undefined) {
    return bundle.directory;
  }
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(dirname(here), 'build', 'bundle.mjs'),
  ]);
  return stdout.trim();
}
