import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type * as library from './library.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../../../../..');
const resolve18 = createRequire(join(ROOT, 'tests/react-18/package.json')).resolve;

const withReact18: Plugin = {
  name: 'react-18',
  setup: (esbuild) =>
    esbuild.onResolve({ filter: /^(react|react-dom|scheduler)(\/|$)/ }, ({ path }) => ({
      path: resolve18(path),
    })),
};

/** The library as an app with React 18 bundles it, the same sources with another React. */
export async function libraryWithReact18(): Promise<typeof library> {
  const outfile = join(ROOT, 'node_modules/.cache/test-programs/react-18.mjs');
  await build({
    entryPoints: [join(HERE, 'library.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [withReact18],
  });
  return import(/* @vite-ignore */ pathToFileURL(outfile).href) as Promise<typeof library>;
}
