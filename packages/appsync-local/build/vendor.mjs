/**
 * The files of other packages that the emulator reads or loads by their place (src/ground/package-files.ts). The packed one brings them along,
 * below `vendor/` as below `node_modules/`, and depends on no package: 88 packages and 210 MB became 9 MB (measured 2026-11-29).
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { packageFolder } from './packages.mjs';
import { packageRoot } from './sources.mjs';

/** Copied as they are. */
const COPIED = {
  'sql.js': ['dist/sql-wasm.js', 'dist/sql-wasm.wasm'],
  '@aws-appsync/utils': declarations('@aws-appsync/utils', '', 'lib'),
  typescript: libraries([
    // Those that src/runtime/check/types/library.ts names, and what they refer to.
    'lib.es2021.d.ts',
    'lib.es2022.object.d.ts',
    'lib.es2022.array.d.ts',
    'lib.es2022.string.d.ts',
    'lib.es2023.array.d.ts',
  ]),
};

/**
 * Of the AWS SDK that Lambda's runtimes bring along: what functions of an AppSync API use most, for those whose own project has not
 * installed it. Each becomes one file, which loads the others of this list as packages.
 */
const SDK = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/credential-provider-node',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
  '@smithy/protocol-http',
  '@smithy/signature-v4',
];

/** @returns the folders of the packages whose files went to `target` */
export async function vendor(target) {
  // What lies below a package of type "module" would be taken for modules.
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n');
  for (const [name, files] of Object.entries(COPIED)) {
    files.forEach((file) => cpSync(join(packageFolder(name), file), join(target, name, file)));
  }
  const inputs = await Promise.all([minifyTypeScript(target), ...SDK.map((name) => bundleSdk(name, target))]);
  return [...Object.keys(COPIED).map(packageFolder), ...inputs.flat()];
}

async function minifyTypeScript(target) {
  const { build } = await import('esbuild');
  const file = join(packageFolder('typescript'), 'lib', 'typescript.js');
  await build({
    entryPoints: [file],
    outfile: join(target, 'typescript', 'lib', 'typescript.js'),
    minify: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return [file];
}

async function bundleSdk(name, target) {
  const { build } = await import('esbuild');
  const { version, license } = JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8'));
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    stdin: { contents: `export * from '${name}';`, resolveDir: packageRoot },
    outfile: join(target, name, 'index.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    // Names of classes are seen: those of errors and of commands.
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    logLevel: 'error',
    plugins: [othersOf(name)],
  });
  const manifest = { name, version, license, type: 'commonjs', main: 'index.js' };
  writeFileSync(join(target, name, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return Object.keys(metafile.inputs);
}

/** The others of the list stay packages, found by their place: `instanceof` and middleware need a class to be one. */
const othersOf = (name) => ({
  name: 'others',
  setup({ onResolve }) {
    onResolve({ filter: /^@/ }, ({ path }) =>
      path !== name && SDK.includes(path)
        ? { path: posix.join(...name.split('/').map(() => '..'), path, 'index.js'), external: true }
        : undefined,
    );
  },
});

function declarations(name, ...folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(packageFolder(name), folder))
      .filter((file) => file.endsWith('.d.ts'))
      .map((file) => posix.join(folder, file)),
  );
}

/** Files of TypeScript's library with all that they refer to. */
function libraries(names, found = new Set()) {
  for (const name of names) {
    const file = `lib/${name}`;
    const path = join(packageFolder('typescript'), file);
    if (!found.has(file) && existsSync(path)) {
      found.add(file);
      const references = readFileSync(path, 'utf8').matchAll(/^\/\/\/ <reference lib="([^"]+)" \/>/gm);
      libraries(
        [...references].map(([, lib]) => `lib.${lib}.d.ts`),
        found,
      );
    }
  }
  return [...found];
}
