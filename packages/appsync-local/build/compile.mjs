/** How the sources become JavaScript that Node.js runs: the same way for the repository's own starts and for the package. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { packageRoot, sourceFiles, sources } from './sources.mjs';

/** What a process or a thread can begin with: the commands, and the server in a thread. They are one file (src/load-programs.mjs). */
const PROGRAMS = {
  start: 'cli/start.ts',
  token: 'cli/token.ts',
  check: 'cli/check.ts',
  trace: 'cli/trace.ts',
  logs: 'cli/logs.ts',
  data: 'cli/data.ts',
  evaluate: 'library/evaluate-command.ts',
  'server-thread': 'library/server-thread.ts',
};

/** Programs that a command starts, which need little of the rest, and modules that Node.js itself loads. */
const SMALL = {
  'evaluation-child': 'evaluation/child.ts',
  'type-check-thread': 'runtime/check/types/thread.ts',
  'synthesis-process': 'template/synthesis/warm/program.ts',
  'fresh-modules': 'template/synthesis/warm/fresh-modules.ts',
  'esbuild-stand-in': 'template/synthesis/warm/esbuild-stand-in.ts',
};

/**
 * @param outdir where the modules go, all side by side, and what they read, as it lies below `src`; the console's page is bundled apart
 * @param id hash of all that makes this bundle differ from another
 * @param options of esbuild
 * @returns what esbuild read for it
 */
export async function compile(outdir, id, options) {
  const metafiles = await Promise.all([
    compilePrograms(outdir, id, options),
    compileSmall(outdir, id, options),
  ]);
  for (const file of sourceFiles().filter(
    (name) => !name.endsWith('.ts') && !name.startsWith('console/page/'),
  )) {
    cpSync(join(sources, file), join(outdir, file));
  }
  return { inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)) };
}

async function compilePrograms(outdir, id, options) {
  const members = Object.entries(PROGRAMS).map(([name, file]) => `'${name}': () => import('./${file}'),`);
  const metafile = await esbuild(outdir, id, options, 'bundleUrl', {
    stdin: { contents: `module.exports = { ${members.join(' ')} };`, resolveDir: sources },
    entryNames: 'programs-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // What V8 has kept of a script does not know how to import (Node.js 20.20, tried 2026-11-30): `require` loads modules as well.
    supported: { 'dynamic-import': false },
    // As strict as in modules.
    banner: { js: '(function (require, module, bundleUrl, keepCompiled) { "use strict";' },
    footer: { js: '})' },
  });
  const programs = basename(Object.keys(metafile.outputs).find((path) => path.endsWith('.cjs')));
  inAscii(join(outdir, programs));
  for (const name of Object.keys(PROGRAMS)) {
    const text = `import { run } from './load-programs.mjs';\nawait run('${programs}', '${name}');\n`;
    writeFileSync(join(outdir, `${name}.js`), text);
  }
  return metafile;
}

/** V8 needs two bytes for each character of a text with one that is not of ISO 8859-1: esbuild leaves those of regular expressions and comments. */
function inAscii(file) {
  const text = readFileSync(file, 'utf8');
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, text.replace(/[^\x00-\x7f]/g, escaped)); // eslint-disable-line no-control-regex
}

const compileSmall = (outdir, id, options) =>
  esbuild(outdir, id, options, 'import.meta.url', {
    entryPoints: Object.entries(SMALL).map(([out, file]) => ({ out, in: join(sources, file) })),
    splitting: true,
    format: 'esm',
    banner: { js: REQUIRE },
  });

async function esbuild(outdir, id, { plugins, define, ...options }, bundleUrl, own) {
  const { build } = await import('esbuild');
  const { define: common, ...same } = commonOptions(id);
  const { metafile } = await build({
    ...{ ...same, outdir, legalComments: 'none', ...own, ...options },
    define: { ...common, ...define },
    plugins: [...plugins, ownUrls(bundleUrl)],
  });
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
    ...commonOptions(id),
    entryPoints: [join(sources, 'index.ts')],
    outfile,
    format: 'cjs',
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    ...options,
    plugins: [ownUrls('bundleUrl')],
  });
  return metafile;
}

const commonOptions = (id) => ({
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
