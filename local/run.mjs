/**
 * Runs one of the local server's commands (`node local/run.mjs cli.ts …`) from a bundle of its TypeScript, made when a
 * source has changed since; `--bundle` prints the folder of the bundle instead. Loading 250 modules through a TypeScript loader takes three times as long as loading the
 * bundle (900 against 300 ms, measured 2026-11-23), and packages outside of it half as long again as inside (600 against
 * 420 ms for `--help`, measured 2026-11-24).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A running server loads some parts of its bundle late, so the bundles of older sources stay for a day. */
const KEPT_MS = 24 * 3600 * 1000;

const local = dirname(fileURLToPath(import.meta.url));
const root = dirname(local);
const cache = join(root, 'node_modules', '.cache', 'local-server');
const command = process.argv.splice(2, 1)[0];

/** Modules find the files beside them by `import.meta.url`, which in a bundle would be the bundle's. */
const ownUrls = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]local[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }));
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
      const ours = importer.startsWith(local) && kind !== 'entry-point';
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      return ours && !BUNDLED.has(name) ? { path, external: true } : undefined;
    });
  },
};

/** The packages in CommonJS ask for Node.js's own modules by `require`, which an ES module has not. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

// Node.js 22.1 and later keep what V8 made of the bundle for the next start.
module.enableCompileCache?.(join(cache, 'v8'));
const bundle = join(cache, fingerprint());
if (!existsSync(bundle)) await build(bundle);
if (command === '--bundle') console.log(bundle);
else await import(pathToFileURL(join(bundle, command.replace(/\.ts$/, '.js'))).href);

/** Size, time and place of every source, and the versions of what the bundle takes in; it names files by their place. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${root}`);
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const file of readdirSync(local, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(ts|mjs|js)$/.test(file) && !file.startsWith(join('console', 'page'))) {
      const { mtimeMs, size } = statSync(join(local, file));
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
    absWorkingDir: root,
    entryPoints: [
      'cli.ts',
      'token.ts',
      'check-code.ts',
      'evaluation/child.ts',
      'runtime/check/types/thread.ts',
    ].map((file) => join(local, file)),
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
    if (Date.now() - mtimeMs > KEPT_MS) rmSync(stale, { recursive: true, force: true });
  }
  try {
    renameSync(aside, target);
  } catch (error) {
    // Another start was quicker; its bundle is the same.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
