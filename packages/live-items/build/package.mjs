/** Makes `dist/`, which is what npm packs: one module, and the types of what it exports. Run by npm before it packs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { declarations } from './declarations.mjs';

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = join(packageRoot, 'src', 'index.ts');
const dist = join(packageRoot, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await build({
  entryPoints: [entry],
  outfile: join(dist, 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
});
declarations(entry).forEach((text, name) => writeFileSync(join(dist, name), text));
