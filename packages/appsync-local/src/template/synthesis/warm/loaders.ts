import { existsSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../../ground/bundle.ts';
import type { NodeProgram } from '../app-command.ts';

/** In the bundle (build/compile.mjs). */
const FRESH_MODULES = 'fresh-modules.js';

/** Registers the loaders of programs, and then the hooks that load modules afresh: Node.js asks those registered last first. */
export async function registerLoaders(programs: NodeProgram[]): Promise<void> {
  const paths = programs.flatMap(({ file, loaders }) =>
    loaders.map((name) => esModule(createRequire(file).resolve(name))),
  );
  for (const path of new Set(paths)) {
    ((await import(pathToFileURL(path).href)) as { register(): unknown }).register();
  }
  register(pathToFileURL(join(bundle!.directory, FRESH_MODULES)));
}

/** The build of tsx in CommonJS, which `require` finds, does not find its own hooks (tsx 4.23); that in ES modules is beside it. */
function esModule(path: string): string {
  const beside = path.replace(/\.cjs$/, '.mjs');
  return existsSync(beside) ? beside : path;
}
