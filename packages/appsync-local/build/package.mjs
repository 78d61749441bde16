/** Makes `dist/`, which is what npm packs: the bundle, and the files of other packages that it needs. Run by npm before it packs. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile, packageRoot, sourceFiles, sources } from './compile.mjs';
import { licencesOf } from './packages.mjs';
import { vendor } from './vendor.mjs';

const dist = join(packageRoot, 'dist');

/** Of contents alone, so that the same sources make the same package wherever and whenever it is made. */
function idOfContents() {
  const hash = createHash('sha256').update(readFileSync(join(packageRoot, 'package.json')));
  sourceFiles().forEach((file) => hash.update(`${file}\n`).update(readFileSync(join(sources, file))));
  return hash.digest('hex').slice(0, 32);
}

rmSync(dist, { recursive: true, force: true });
const [metafile, vendored] = await Promise.all([
  compile(dist, idOfContents(), { mainFields: ['module', 'main'], legalComments: 'none', plugins: [] }),
  vendor(join(dist, 'vendor')),
]);
const bundled = Object.keys(metafile.inputs).map((path) => resolve(packageRoot, path));
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licencesOf([...bundled, ...vendored]));
