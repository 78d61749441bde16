import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of other packages that the packed emulator brings along (build/vendor.mjs); the repository has none here. */
const VENDORED = fileURLToPath(new URL('../vendor/', import.meta.url));

const require = createRequire(import.meta.url);

/**
 * Where a file of another package is: among those brought along, else where the package is installed, whatever its `exports` list.
 *
 * @param file below the package's folder: `lib/typescript.js`
 * @throws Error when neither has it
 */
export function packageFile(name: string, file: string): string {
  const places = [VENDORED, ...(require.resolve.paths(name) ?? [])];
  const found = places.map((place) => join(place, name, file)).find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(`${name}/${file} is not installed`);
  }
  return found;
}

/** Loads a file of a CommonJS package. */
export const loadPackageFile = (name: string, file: string): unknown => require(packageFile(name, file));
