import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/test-programs', import.meta.url));

/** The packages in CommonJS ask for Node.js's own modules by `require`, which an ES module has not. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

const made = new Map<string, Promise<string>>();

/**
 * A program in TypeScript with its packages as one file of JavaScript, for tests that start it again and again.
 *
 * @param source path of the program
 * @returns path of the file
 */
export function bundledProgram(source: string): Promise<string> {
  const known = made.get(source) ?? bundle(source);
  made.set(source, known);
  return known;
}

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
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
