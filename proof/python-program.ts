import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of PyPI that a proof runs, at the release whose answers are kept here. */
export interface PythonProgram {
  name: string;
  release: string;
  /** Names the program where it is not on the path: `CFN_LINT=/venv/bin/cfn-lint`. */
  variable: string;
}

export const CFN_LINT: PythonProgram = { name: 'cfn-lint', release: '1.58.0', variable: 'CFN_LINT' };
export const MINISTACK: PythonProgram = { name: 'ministack', release: '1.5.33', variable: 'MINISTACK' };

/** Where a program is, or undefined where it is not at hand. */
export function find({ name, variable }: PythonProgram, env = process.env): string | undefined {
  const places = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return [env[variable] ?? [], ...places].flat().find(isProgram);
}

/** How to get a program. */
export const advice = ({ name, release, variable }: PythonProgram): string =>
  `${name} is not here: python3 -m venv .venv && .venv/bin/pip install ${name}==${release}, then ${variable}=.venv/bin/${name}`;

/** Whether it is the release whose answers are kept. */
export const isRelease = (path: string, { release }: PythonProgram): boolean =>
  execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().endsWith(release);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
