import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { ROOT } from '../harness/ours.ts';

/** What a bundler makes of a program for browsers. */
export interface Bytes {
  name: string;
  minified: number;
  gzipped: number;
}

const PARTS: [name: string, program: string][] = [
  ['live-items: a view', `export { createLiveItems, withToken } from 'live-items'`],
  ['live-items: with queries and writes', `export * from 'live-items'`],
  ['live-items: with React’s hooks', `export * from 'live-items'; export * from 'live-items/react'`],
];

/** The bytes of live-items, and of the pages of the examples, each with all of its packages. React is apart. */
export async function bytesOfClients(): Promise<Bytes[]> {
  const parts = PARTS.map(([name, contents]) => bytesOf(name, { stdin: { contents, resolveDir: ROOT } }));
  const examples = readdirSync(join(ROOT, 'examples'))
    .filter((name) => existsSync(join(ROOT, 'examples', name, 'main.ts')))
    .map((name) => bytesOf(`the page ${name}`, { entryPoints: [join(ROOT, 'examples', name, 'main.ts')] }));
  return Promise.all([...parts, ...examples]);
}

async function bytesOf(name: string, program: BuildOptions): Promise<Bytes> {
  const contents = await bundle({ ...program, external: ['react'] });
  return { name, minified: contents.length, gzipped: gzipSync(contents).length };
}

/** As for production. */
export async function bundle(program: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...program,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@live-items/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  });
  return outputFiles![0]!.contents;
}
