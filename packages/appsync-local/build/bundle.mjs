/**
 * Bundles the sources of the emulator into a cache, when one of them has changed since the last time, so that the repository runs what it
 * has without a build step. `node build/bundle.mjs` prints the folder. Loading 250 modules through a TypeScript loader takes three times
 * as long as loading the bundle (900 against 300 ms, measured 2026-11-23), and packages outside of it half as long again as inside
 * (600 against 420 ms for `--help`, measured 2026-11-24).
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot, sourceFiles, sources } from './sources.mjs';

/** A running server loads some parts of its bundle late, so the bundles of older sources stay for a day. */
const KEPT_MS = 24 * 3600 * 1000;

const here = fileURLToPath(import.meta.url);
const repository = dirname(dirname(packageRoot));
const cache = join(repository, 'node_modules', '.cache', 'appsync-local');
/** In the cache: the bundles, what each of them has made of code, and the console's pages. */
const OF_EACH_BUNDLE = ['bundles', 'code', 'pages'];

/**
 * Packages of plain JavaScript that every start loads: 300 more files, most of them graphql's. All others stay where they
 * are, since bundling them takes longer than loading them.
 */
const BUNDLED = new Set([
  '@jridgewell/trace-mapping',
  '@smithy/protocol-http',
  '@smithy/signature-v4',
  'acorn',
  'acorn-walk',
  'chokidar',
  'graphql',
  'jose',
  'undici',
  'ws',
]);

const packages = {
  name: 'packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      const ours = importer.startsWith(sources) && kind !== 'entry-point';
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      return ours && !BUNDLED.has(name) ? { path, external: true } : undefined;
    });
  },
};

/**
 * @param report receives one line when there is something to wait for
 * @returns the folder of the bundle: `start.js`, `token.js`, …
 */
export async function bundleOfSources(report = () => undefined) {
  const id = fingerprint();
  const bundle = join(cache, 'bundles', id);
  if (!existsSync(bundle)) {
    report("Bundling the server's sources, which are new or have changed");
    await build(bundle, id);
  }
  return bundle;
}

/** Size and time of every source, in whole milliseconds as copies keep it, and of what names the versions that the bundle takes in. */
function fingerprint() {
  const stamps = [
    here,
    `${dirname(here)}/compile.mjs`,
    `${repository}/package-lock.json`,
    ...sourceFiles().map((file) => `${sources}/${file}`),
  ].map((path) => {
    const { mtimeMs, size } = statSync(path);
    return `${path.slice(repository.length)} ${Math.round(mtimeMs)} ${size}\n`;
  });
  return createHash('sha256').update(process.version).update(stamps.join('')).digest('hex').slice(0, 32);
}

/** Built aside and renamed, so that a half-written bundle is never run. */
async function build(target, id) {
  const [{ appear }, { compile }, { keptPage, PAGE }] = await Promise.all([
    import('./appear.mjs'),
    import('./compile.mjs'),
    import('./page.mjs'),
  ]);
  const aside = `${target}.${process.pid}`;
  await compile(aside, id, {
    // Unused parts of packages stay out, as of the packed one.
    mainFields: ['module', 'main'],
    sourcemap: true,
    sourcesContent: false,
    define: { PAGE_BUILDER: JSON.stringify(join(dirname(here), 'page.mjs')) },
    plugins: [packages],
  });
  const page = keptPage();
  if (page) {
    cpSync(page, join(aside, PAGE), { recursive: true });
  }
  OF_EACH_BUNDLE.forEach((folder) => removeStale(join(cache, folder)));
  appear(aside, target);
}

function removeStale(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const stale = join(folder, name);
    const { mtimeMs } = statSync(stale, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > KEPT_MS) {
      rmSync(stale, { recursive: true, force: true });
    }
  }
}

if (process.argv[1] === here) {
  console.log(await bundleOfSources());
}
