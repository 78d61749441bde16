/** How the sources become JavaScript that Node.js runs: the same way for the repository's own starts and for the package. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
export const sources = join(packageRoot, 'src');

/** What a process or a thread can begin with: the commands, and the programs that a command starts. */
const ENTRIES = {
  start: 'cli/start.ts',
  token: 'cli/token.ts',
  check: 'cli/check.ts',
  trace: 'cli/trace.ts',
  logs: 'cli/logs.ts',
  data: 'cli/data.ts',
  evaluate: 'library/evaluate-command.ts',
  'server-thread': 'library/server-thread.ts',
  'evaluation-child': 'evaluation/child.ts',
  'type-check-thread': 'runtime/check/types/thread.ts',
  'synthesis-process': 'template/synthesis/warm/program.ts',
  'fresh-modules': 'template/synthesis/warm/fresh-modules.ts',
  'esbuild-stand-in': 'template/synthesis/warm/esbuild-stand-in.ts',
};

/** Every file below `src`, relative to it, with `/`. */
export const sourceFiles = () =>
  readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(sources, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, '/'))
    .sort();

/**
 * @param outdir where the modules go, all side by side, and what they read, as it lies below `src`; the console's page is bundled apart
 * @param id hash of all that makes this bundle differ from another
 * @param options of esbuild
 * @returns what esbuild tells of it
 */
export async function compile(outdir, id, options) {
  const { build } = await import('esbuild');
  const { plugins, define, ...others } = options;
  const { define: ours, ...same } = common(id);
  const { metafile } = await build({
    ...same,
    define: { ...ours, ...define },
    entryPoints: Object.entries(ENTRIES).map(([out, file]) => ({ out, in: join(sources, file) })),
    outdir,
    splitting: true,
    format: 'esm',
    banner: { js: REQUIRE },
    ...others,
    plugins: [...plugins, ownUrls('import.meta.url')],
  });
  for (const file of sourceFiles().filter(
    (name) => !name.endsWith('.ts') && !name.startsWith('console/page/'),
  )) {
    cpSync(join(sources, file), join(outdir, file));
  }
  return metafile;
}

/**
 * Compiles what test suites import, to one file in CommonJS: Jest loads nothing else unless it is told to.
 *
 * @param outfile beside the modules
 * @param options of esbuild
 */
export async function compileLibrary(outfile, id, options) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...common(id),
    entryPoints: [join(sources, 'index.ts')],
    outfile,
    format: 'cjs',
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    ...options,
    plugins: [ownUrls('bundleUrl')],
  });
  return metafile;
}

const common = (id) => ({
  absWorkingDir: packageRoot,
  bundle: true,
  platform: 'node',
  target: 'node20',
  define: {
    BUNDLE_ID: JSON.stringify(id),
    // graphql-js checks for a second copy of itself at every type it looks at, unless this says production.
    'process.env.NODE_ENV': '"production"',
  },
  logLevel: 'error',
  metafile: true,
});

/** The packages in CommonJS ask for Node.js's own modules by `require`, which an ES module has not. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** Modules find the files beside them by `import.meta.url`, which is the bundle's here: the files lie below it as below `src`. */
const ownUrls = (bundleUrl) => ({
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path.startsWith(sources)
        ? {
            contents: readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              `new URL(${JSON.stringify(relative(sources, path).replaceAll(sep, '/'))}, ${bundleUrl}).href`,
            ),
            loader: 'ts',
          }
        : undefined,
    );
  },
});
