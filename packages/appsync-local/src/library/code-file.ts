import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, resolve } from 'node:path';
import { parse } from 'acorn';
import type esbuild from 'esbuild';
import { StartFailure } from '../ground/start-failure.ts';
import { MODULES } from '../runtime/modules.ts';

/** A file of resolver code in the form that AppSync receives. */
export interface CodeOfFile {
  text: string;
  /** JSON; undefined for a file that is uploaded unchanged. */
  sourceMap?: string;
}

interface Read extends CodeOfFile {
  /** Each source file, with the time of its last change. */
  inputs: [file: string, mtimeMs: number][];
}

const read = new Map<string, Read>();

/**
 * Reads a file of resolver code, again whenever it or one that it imports has changed.
 *
 * @throws Error when it cannot be read
 * @throws StartFailure when it needs a bundler and none is installed, or it cannot be loaded
 */
export function codeOfFile(file: string): CodeOfFile {
  const path = resolve(file);
  const known = read.get(path);
  if (known?.inputs.every(([input, mtimeMs]) => mtimeOf(input) === mtimeMs)) {
    return known;
  }
  const code = load(path);
  read.set(path, code);
  return code;
}

const mtimeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function load(path: string): Read {
  const text = readFileSync(path, 'utf8');
  return /^\.[cm]?js$/.test(extname(path)) && !importsOthers(text)
    ? { text, inputs: [[path, mtimeOf(path)!]] }
    : bundle(path);
}

/** Whether it imports anything but AppSync's own modules. The check reports a text that is not a module. */
function importsOthers(text: string): boolean {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'module' }).body.some(
      (node) => 'source' in node && node.source != null && !MODULES.has(String(node.source.value)),
    );
  } catch {
    return false;
  }
}

/**
 * Bundles like the AppSync developer guide ("Bundling, TypeScript, and source maps"), except for the map, which AppSync counts
 * as code.
 */
function bundle(path: string): Read {
  const { outputFiles, metafile } = bundlerOf(path).buildSync({
    entryPoints: [path],
    absWorkingDir: process.cwd(),
    bundle: true,
    format: 'esm',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    outfile: `${basename(path)}.out.js`,
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const find = (end: string): string => outputFiles.find((output) => output.path.endsWith(end))!.text;
  const inputs = Object.keys(metafile.inputs).map((input) => resolve(input));
  return {
    text: find('.out.js'),
    sourceMap: find('.out.js.map'),
    inputs: inputs.map((input) => [input, mtimeOf(input)!]),
  };
}

/** The bundler of the file's project, or else of the working directory. */
function bundlerOf(path: string): typeof esbuild {
  for (const from of [path, resolve('package.json')]) {
    try {
      return createRequire(from)('esbuild') as typeof esbuild;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
        throw notLoaded(path, error);
      }
    }
  }
  throw new StartFailure(
    `${path} must be bundled, but esbuild is not installed: npm install --save-dev esbuild, or pass the bundled code`,
  );
}

/** Jest's environment jsdom has a `Uint8Array` of its own, which esbuild refuses (jestjs/jest#13227). */
function notLoaded(path: string, error: unknown): StartFailure {
  const [found = ''] = String((error as Error).message).split('\n');
  const reason = found.includes('Uint8Array')
    ? `${found}; Jest's jsdom cannot load it: begin the test file with /** @jest-environment node */, or pass the bundled code`
    : found;
  return new StartFailure(`${path} must be bundled, but esbuild fails to load: ${reason}`);
}
