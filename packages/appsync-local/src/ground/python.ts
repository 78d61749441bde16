import { spawnSync } from 'node:child_process';
import { findPrograms } from './find-programs.ts';

export interface Python {
  program: string;
  /** `3.13` */
  version: string;
}

/** `3.13` of the Lambda runtime `python3.13`; null for another language, and for Python 2, which Lambda no longer runs. */
export const pythonVersion = (runtime: string): string | null =>
  /^python(3\.\d+)$/.exec(runtime)?.[1] ?? null;

const found = new Map<string, Python | undefined>();

/** What runs functions of a Python version: that version if it is installed, else whatever `python3` is; undefined without any. */
export function findPython(version: string): Python | undefined {
  if (!found.has(version)) {
    found.set(version, look(version));
  }
  return found.get(version);
}

function look(version: string): Python | undefined {
  const names = [`python${version}`, 'python3', ...(process.platform === 'win32' ? ['python'] : [])];
  for (const program of findPrograms(...names)) {
    // A version manager leaves programs in PATH that only say that their version is not installed.
    const { stdout, status } = spawnSync(
      program,
      ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'],
      {
        encoding: 'utf8',
        timeout: 10_000,
      },
    );
    const answer = /^3\.\d+$/.exec((stdout ?? '').trim())?.[0];
    if (status === 0 && answer !== undefined) {
      return { program, version: answer };
    }
  }
  return undefined;
}
