import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a bundle was made of, as a hash (build/compile.mjs); not defined where the program runs from its sources. */
declare const BUNDLE_ID: string | undefined;

/** The bundle that this is part of. */
export interface Bundle {
  /** Holds the programs of processes and threads, and the files that modules read. */
  directory: string;
  /** No other version of the program has it. */
  id: string;
}

/** undefined where the program runs from its sources. */
export const bundle: Bundle | undefined =
  typeof BUNDLE_ID === 'string'
    ? { directory: dirname(dirname(fileURLToPath(import.meta.url))), id: BUNDLE_ID }
    : undefined;
