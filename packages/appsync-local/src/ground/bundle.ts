import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a bundle was made of, as a hash (build/compile.mjs); not defined where the program runs from its sources. */
declare const BUNDLE_ID: string | undefined;

/** The bundle that this is part of. */
export interface Bundle {
  /** Holds the programs of processes and threads, and the files that modules read. */
  directory: string;
  /** No other version of the program has it. */
  id: string;
}

/** `src`, or what is made of it: a bundle has all modules side by side and their files as below `src` (build/compile.mjs). */
const here = dirname(dirname(fileURLToPath(import.meta.url)));

/** undefined where the program runs from its sources. */
export const bundle: Bundle | undefined =
  typeof BUNDLE_ID === 'string' ? { directory: here, id: BUNDLE_ID } : undefined;

/** Where the programs of processes and threads are: in this bundle, or in one that is made of the sources now. */
export async function bundleDirectory(): Promise<string> {
  if (bundle !== undefined) {
    return bundle.directory;
  }
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(dirname(here), 'build', 'bundle.mjs'),
  ]);
  return stdout.trim();
}
