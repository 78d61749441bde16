import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Below `node_modules`, so that the packages that stay outside of a bundle are found. */
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/test-programs', import.meta.url));

/** The packages in CommonJS ask for Node.js's own modules by `require`, which an ES module has not. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

const made = new Map<string, Promise<string>>();

/**
 * A program in TypeScript as one file of JavaScript, for tests that start it again and again: through a TypeScript loader each start takes
 * 0.35 s of processor time more (measured 2026-11-29).
 *
 * @param source path of the program
 * @param packages `bundle` takes them into the file, for those of many modules. @default they stay where they are
 * @returns path of the file
 */
export function bundledProgram(
  source: string,
  packages: 'bundle' | 'external' = 'external',
): Promise<string> {
  const known = made.get(source) ?? bundle(source, packages);
  made.set(source, known);
  return known;
}

async function bundle(source: string, packages: 'bundle' | 'external'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    packages,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: REQUIRE },
    outfile: 'program.mjs',
    write: false,
    logLevel: 'error',
  });
  const { contents } = outputFiles[0]!;
  const id = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  const file = join(CACHE, `${basename(source, '.ts')}-${id}.mjs`);
  if (!existsSync(file)) {
    // Another worker may be writing the same.
    const aside = `${file}.${process.pid}`;
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(aside, contents);
    renameSync(aside, file);
  }
  return file;
}
