/** Makes `dist/`, which is what npm packs: the bundle, and the files of other packages that it needs. Run by npm before it packs. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile, compileLibrary } from './compile.mjs';
import { declarations } from './declarations.mjs';
import { licencesOf } from './packages.mjs';
import { compilePage, PAGE } from './page.mjs';
import { packageRoot, sourceFiles, sources } from './sources.mjs';
import { vendor } from './vendor.mjs';

const dist = join(packageRoot, 'dist');

/** Of contents alone, so that the same sources make the same package wherever and whenever it is made. */
function idOfContents() {
  const hash = createHash('sha256').update(readFileSync(join(packageRoot, 'package.json')));
  sourceFiles().forEach((file) => hash.update(`${file}\n`).update(readFileSync(join(sources, file))));
  return hash.digest('hex').slice(0, 32);
}

/** The same functions for `import`, so that a process has them once. */
const LIBRARY_AS_MODULE = `import library from './index.cjs';
export const { start, evaluate, StartFailure, CodeRefused, MockContextRefused } = library;
`;

rmSync(dist, { recursive: true, force: true });
const id = idOfContents();
const options = { mainFields: ['module', 'main'], legalComments: 'none' };
const [programs, page, library, vendored] = await Promise.all([
  compile(dist, id, { ...options, plugins: [] }),
  compilePage(join(dist, PAGE)),
  compileLibrary(join(dist, 'index.cjs'), id, options),
  vendor(join(dist, 'vendor')),
]);
const bundled = [programs, page, library].flatMap(({ inputs }) => Object.keys(inputs));
const types = declarations();
const files = {
  'index.js': LIBRARY_AS_MODULE,
  'index.d.ts': types,
  'index.d.cts': types,
  'THIRD-PARTY-LICENSES.txt': licencesOf([...bundled.map((path) => resolve(packageRoot, path)), ...vendored]),
};
Object.entries(files).forEach(([name, text]) => writeFileSync(join(dist, name), text));
