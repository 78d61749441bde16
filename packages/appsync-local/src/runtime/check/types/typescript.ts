import { createRequire } from 'node:module';
import type typescript from 'typescript';

export type TypeScript = typeof typescript;

const require = createRequire(import.meta.url);
let loaded: TypeScript | undefined;

/** TypeScript, loaded when it is first asked for: that takes 0.2 s, which a start with nothing new to check need not spend. */
export function loadTypeScript(): TypeScript {
  loaded ??= require('typescript') as TypeScript;
  return loaded;
}
