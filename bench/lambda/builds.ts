import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { bundleFunction } from '../../infra/bundle-function.ts';
import { root } from '../../infra/paths.ts';

/** The code of a Lambda function, ready to be placed. */
export interface Code {
  directory: string;
  /** Bytes of its one file. */
  bytes: number;
  /** Bytes as deflate packs them, which is what a ZIP archive holds. */
  zipped: number;
}

/** @param name of a directory that is made below `scratch` */
export function writeCode(scratch: string, name: string, file: string, text: string | Uint8Array): Code {
  const directory = join(scratch, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, file), text, { mode: 0o755 });
  return { directory, bytes: Buffer.byteLength(text), zipped: gzipSync(text, { level: 9 }).length };
}

export const emptyHandler = (scratch: string): Code =>
  writeCode(scratch, 'empty', 'handler.js', 'exports.handler = async () => ({ item: null });\n');

/** Built as the functions of this project are. @param entryPoint below the project's root */
export const asShipped = (scratch: string, name: string, entryPoint: string): Code =>
  writeCode(scratch, name, 'handler.js', bundleFunction(entryPoint).code);

/** esbuild's defaults for an ES module on Node.js; CommonJS packages in it find `require` where bundlers' users put it. */
async function asUsual(entryPoint: string, more: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'silent',
    banner: {
      js: `import { createRequire as requireOfBanner } from 'node:module'; const require = requireOfBanner(import.meta.url);`,
    },
    ...more,
  });
  return outputFiles![0]!.text;
}

/** Compiles the schemas of the kinds when the function loads. */
const kindsAtRunTime: Plugin = {
  name: 'kinds-at-run-time',
  setup: ({ onResolve }) =>
    onResolve({ filter: /generated\/kinds\.js$/ }, () => ({
      path: join(root, 'bench/peers/lambda-unoptimized/kinds.ts'),
    })),
};

/**
 * The same function without the care: Ajv compiles the schemas at each start, nothing is minified, and the SDK is either the
 * runtime's own or bundled whole by its default entry points.
 */
export async function unoptimized(scratch: string, sdk: 'runtime' | 'bundled'): Promise<Code> {
  const text = await asUsual('functions/put-validated-item/handler.ts', {
    external: sdk === 'runtime' ? ['@aws-sdk/*', '@smithy/*'] : [],
    plugins: [kindsAtRunTime],
  });
  return writeCode(scratch, `unoptimized-${sdk}`, 'handler.mjs', text);
}

/** zod and Powertools, minified, the SDK by its module entry points: a careful build of what many functions carry. */
export async function typical(scratch: string): Promise<Code> {
  const options = { minify: true, mainFields: ['module', 'main'] };
  const text = await asUsual('bench/peers/lambda-typical/handler.ts', options);
  return writeCode(scratch, 'typical', 'handler.mjs', text);
}
