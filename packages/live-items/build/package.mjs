/** Makes `dist/`, which is what npm packs: a module for each entry, what they share, and their types. Run by npm before it packs. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { declarations } from './declarations.mjs';

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const src = join(packageRoot, 'src');
const dist = join(packageRoot, 'dist');
const entries = [join(src, 'index.ts'), join(src, 'react', 'index.ts')];

rmSync(dist, { recursive: true, force: true });
await build({
  entryPoints: entries,
  outdir: dist,
  outbase: src,
  bundle: true,
  splitting: true,
  chunkNames: 'shared-[hash]',
  external: ['react'],
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
});
// Frameworks with React Server Components want to be told that hooks run in browsers; a bundler drops the directive.
const hooks = join(dist, 'react', 'index.js');
writeFileSync(hooks, `'use client';\n${readFileSync(hooks, 'utf8')}`);
for (const [file, text] of declarations(entries)) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), text);
}
