/**
 * Bundles the sources of the emulator into a cache, when one of them has changed since the last time, so that the repository runs what it
 * has without a build step. `node build/bundle.mjs` prints the folder. Loading 250 modules through a TypeScript loader takes three times
 * as long as loading the bundle (900 against 300 ms, measured 2026-11-23), and packages outside of it half as long again as inside
 * (600 against 420 ms for `--help`, measured 2026-11-24).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A running server loads some parts of its bundle late, so the bundles of older sources stay for a day. */
const KEPT_MS = 24 * 3600 * 1000;

const here = fileURLToPath(import.meta.url);
const packageRoot = dirname(dirname(here));
const sources = join(packageRoot, 'src');
const repository = dirname(dirname(packageRoot));
const cache = join(repository, 'node_modules', '.cache', 'appsync-local');

/** What a process can begin with: the commands, and the process and thread that code is evaluated and checked in. */
const ENTRIES = [
  'cli.ts',
  'token.ts',
  'check-code.ts',
  'evaluation/child.ts',
  'runtime/check/types/thread.ts',
];

/** Modules find the files beside them by `import.meta.url`, which in a bundle would be the bundle's. */
const ownUrls = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path.startsWith(sources)
        ? {
            contents: readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            ),
            loader: 'ts',
          }
        : undefined,
    );
  },
};

/**
 * Packages of plain JavaScript that every start loads: 300 more files, most of them graphql's. All others stay where they
 * are, since they find files beside themselves or are seldom needed.
 */
const BUNDLED = new Set([
  '@jridgewell/trace-mapping',
  '@smithy/protocol-http',
  '@smithy/signature-v4',
  'acorn',
  'acorn-walk',
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

/** The packages in CommonJS ask for Node.js's own modules by `require`, which an ES module has not. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** @returns the folder of the bundle: `cli.js`, `token.js`, … */
export async function bundleOfSources() {
  const bundle = join(cache, fingerprint());
  if (!existsSync(bundle)) {
    await build(bundle);
  }
  return bundle;
}

/** Size, time and place of every source, and the versions of what the bundle takes in; it names files by their place. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${packageRoot}`);
  hash.update(readFileSync(here));
  hash.update(readFileSync(join(repository, 'package-lock.json')));
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(ts|mjs|js)$/.test(file) && !file.startsWith(join('console', 'page'))) {
      const { mtimeMs, size } = statSync(join(sources, file));
      hash.update(`${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** Built aside and renamed, so that a half-written bundle is never run. */
async function build(target) {
  const { build: bundleWith } = await import('esbuild');
  const aside = `${target}.${process.pid}`;
  await bundleWith({
    absWorkingDir: packageRoot,
    entryPoints: ENTRIES.map((file) => join(sources, file)),
    outbase: sources,
    outdir: aside,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: REQUIRE },
    define: {
      BUNDLE_DIRECTORY: JSON.stringify(target),
      // graphql-js checks for a second copy of itself at every type it looks at, unless this says production.
      'process.env.NODE_ENV': '"production"',
    },
    sourcemap: true,
    logLevel: 'error',
    plugins: [packages, ownUrls],
  });
  for (const name of readdirSync(cache)) {
    const stale = join(cache, name);
    const { mtimeMs } = statSync(stale, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > KEPT_MS) {
      rmSync(stale, { recursive: true, force: true });
    }
  }
  try {
    renameSync(aside, target);
  } catch (error) {
    // Another start was quicker; its bundle is the same.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(target)) {
      throw error;
    }
  }
}

if (process.argv[1] === here) {
  console.log(await bundleOfSources());
}
