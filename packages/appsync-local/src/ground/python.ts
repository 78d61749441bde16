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

/** What runs functions of a Python version: that version if it is installed, else whatever `python3` is; undefined without any. */
export function findPython(version: string): Python | undefined {
  const names = [`python${version}`, 'python3', ...(process.platform === 'win32' ? ['python'] : [])];
  for (const program of findPrograms(...names)) {
    const answer = versionOf(program);
    if (answer !== undefined) {
      return { program, version: answer };
    }
  }
  return undefined;
}

/** By program: functions of several versions share `python3`, and asking it takes a tenth of a second. */
const versions = new Map<string, string | undefined>();

/** `3.13`; undefined for what a version manager leaves in PATH to say that the version is not installed. */
function versionOf(program: string): string | undefined {
  if (!versions.has(program)) {
    versions.set(program, askVersion(program));
  }
  return versions.get(program);
}

function askVersion(program: string): string | undefined {
  const print = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const { stdout, status } = spawnSync(program, ['-c', print], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? /^3\.\d+$/.exec(stdout.trim())?.[0] : undefined;
}
