import type typescript from 'typescript';
import { loadPackageFile } from '../../../ground/package-files.ts';

export type TypeScript = typeof typescript;

let loaded: TypeScript | undefined;

/** Loads TypeScript on first use: it takes 0.2 s, which a start with nothing new to check saves. */
export function loadTypeScript(): TypeScript {
  loaded ??= loadPackageFile('typescript', 'lib/typescript.js') as TypeScript;
  return loaded;
}
