import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of other packages that the packed emulator contains (build/vendor.mjs); the repository has none here. */
const VENDORED = fileURLToPath(new URL('../vendor/', import.meta.url));

const require = createRequire(import.meta.url);

/**
 * Finds a file of another package: among those that the emulator contains, else in the installed package, regardless of its
 * `exports`.
 *
 * @param file relative to the package's folder: `lib/typescript.js`
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
