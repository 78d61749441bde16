import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from './files.ts';
import { HEADER } from './generate-front-end.ts';
import { TypesFailure } from './types-failure.ts';

/** What is to be done in a folder of a front end. */
export interface Changes {
  /** Names of files that are missing or differ. */
  stale: string[];
  current: string[];
  /** Generated once, and by nothing any more: of a kind that is gone. */
  left: string[];
}

const readIn = (folder: string, name: string): string | null =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n') : null;

/** @throws TypesFailure for a file of the same name that was not generated */
export function changesOf(folder: string, files: Files): Changes {
  const names = [...files.keys()];
  const foreign = names.find((name) => !(readIn(folder, name) ?? HEADER).startsWith(HEADER));
  if (foreign !== undefined) {
    throw new TypesFailure(
      `${join(folder, foreign)} was not written by npm run types: move it, or choose another folder`,
    );
  }
  const stale = names.filter((name) => readIn(folder, name) !== files.get(name));
  return { stale, current: names.filter((name) => !stale.includes(name)), left: leftIn(folder, files) };
}

function leftIn(folder: string, files: Files): string[] {
  const kinds = join(folder, 'kinds');
  return (existsSync(kinds) ? readdirSync(kinds) : [])
    .map((name) => `kinds/${name}`)
    .filter((name) => !files.has(name) && readIn(folder, name)!.startsWith(HEADER));
}

/** Writes what is stale, and removes what is left. */
export function apply(folder: string, files: Files, { stale, left }: Changes): void {
  for (const name of stale) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), files.get(name)!);
  }
  left.forEach((name) => rmSync(join(folder, name)));
}
