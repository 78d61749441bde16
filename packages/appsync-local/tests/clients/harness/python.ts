import { spawnSync } from 'node:child_process';

/** `CLIENTS_PYTHON` names the interpreter whose packages are tested. @default `python3` */
export const python = process.env.CLIENTS_PYTHON ?? 'python3';

/** What keeps a test from running, for people; undefined where the interpreter has all these modules. */
export function missingInPython(...modules: string[]): string | undefined {
  const program = 'import sys, importlib.util as u; print(*[m for m in sys.argv[1:] if not u.find_spec(m)])';
  const { stdout, status } = spawnSync(python, ['-c', program, ...modules], { encoding: 'utf8' });
  if (status !== 0) {
    return `there is no ${python}: install Python 3, or set CLIENTS_PYTHON`;
  }
  const missing = stdout.trim();
  return missing === '' ? undefined : `${python} has no ${missing}: pip install it, or set CLIENTS_PYTHON`;
}
