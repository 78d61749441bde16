import type typescript from 'typescript';
import { loadPackageFile } from '../../../ground/package-files.ts';

export type TypeScript = typeof typescript;

let loaded: TypeScript | undefined;

/** TypeScript, loaded when it is first asked for: that takes 0.2 s, which a start with nothing new to check need not spend. */
export function loadTypeScript(): TypeScript {
  loaded ??= loadPackageFile('typescript', 'lib/typescript.js') as TypeScript;
  return loaded;
}
