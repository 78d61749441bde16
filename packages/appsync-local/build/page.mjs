/**
 * Bundles the console's page: src/console/page and what it imports become modules that browsers load as they are. Nothing on the page comes
 * from elsewhere (docs/adr/0034-one-page-with-rooms.md).
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appear } from './appear.mjs';
import { mends } from './mends.mjs';
import { SHARED_WITH_PAGE } from './shared-with-page.mjs';
import { packageRoot, sourceFiles, sources } from './sources.mjs';

const here = fileURLToPath(import.meta.url);
const repository = dirname(dirname(packageRoot));
export const PAGE = 'console/page';
const cache = join(repository, 'node_modules', '.cache', 'appsync-local', 'pages');

/**
 * Makes one module of all: the page comes from this machine, where one large file is sooner there than forty that name each other. GraphiQL also
 * needs its editor at once; where that came later, a tab that was opened meanwhile got the text of another.
 *
 * @returns what esbuild tells of it
 */
export async function compilePage(outdir) {
  const { build } = await import('esbuild');
  const page = join(sources, PAGE);
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    entryPoints: ['main.tsx', 'page.css'].map((file) => join(page, file)),
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    // Browsers of the last two years: top-level await, CSS ranges and :is().
    target: ['chrome115', 'firefox115', 'safari16.4'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    plugins: [mends],
  });
  cpSync(join(page, 'index.html'), join(outdir, 'index.html'));
  return metafile;
}

/** @returns the folder of the page of these sources; undefined when there is none yet */
export function keptPage() {
  const target = join(cache, fingerprint());
  return existsSync(target) ? target : undefined;
}

/**
 * Bundles it into a cache when one of its sources has changed. No start waits for it: it takes 1.3 s of CPU, as long as all else that a first
 * start bundles (measured 2026-11-30).
 *
 * @returns the folder of the page
 */
export async function pageOfSources() {
  const target = join(cache, fingerprint());
  if (!existsSync(target)) {
    const aside = `${target}.${process.pid}`;
    await compilePage(aside);
    appear(aside, target);
  }
  return target;
}

function fingerprint() {
  const hash = createHash('sha256');
  const build = readdirSync(dirname(here)).map((file) => join(dirname(here), file));
  const page = sourceFiles().filter((file) => file.startsWith(`${PAGE}/`) || SHARED_WITH_PAGE.includes(file));
  const files = [...build, join(repository, 'package-lock.json'), ...page.map((file) => join(sources, file))];
  files.forEach((file) => hash.update(`${file}\n`).update(readFileSync(file)));
  return hash.digest('hex').slice(0, 32);
}

/** `node build/page.mjs FOLDER` puts it there, when nobody else needs the processor. */
if (process.argv[1] === here) {
  setPriority(10);
  const [, , target] = process.argv;
  const aside = `${target.replace(/[\\/]$/, '')}.${process.pid}`;
  cpSync(await pageOfSources(), aside, { recursive: true });
  appear(aside, target);
}
