import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { bundle } from './bundle.ts';
import { Mistake } from './mistake.ts';
import { fromRoot } from './paths.ts';
import type { MappedCode } from './source-map.ts';

/** AppSync quota: characters in one code unit (AWS General Reference, AppSync quotas). */
export const CODE_LIMIT = 32_768;

/**
 * "Function metadata has exceeded the maximum allowed size" is seen below the limit (aws/aws-appsync-community#301), so code
 * stays below this part of it.
 */
const ROOMY = 0.6;

/** APPSYNC_JS of each file of `resolvers/`, by file name without `.ts`: `Mutation.putItem`, `pipeline/put-item`. */
export type ResolverBundles = Map<string, MappedCode>;

/**
 * Bundles every resolver and AppSync function into the one file that AppSync accepts; long code without white space. The other
 * options are AWS's own (AppSync developer guide, "Bundling, TypeScript and source maps"), except for the source map, which is
 * not part of the code: inline it was half of every upload (ADR 22).
 * @throws Mistake when a file does not compile, or a bundle is over AppSync's limit of 32,768 characters
 */
export function bundleResolvers(): ResolverBundles {
  const names = [...namesIn('resolvers'), ...namesIn('resolvers/pipeline', 'pipeline/')];
  const bundles = bundled(names, false);
  const large = names.filter((name) => bundles.get(name)!.code.length > ROOMY * CODE_LIMIT);
  // The others stay readable in AppSync's console.
  const small = large.length > 0 ? bundled(large, true) : new Map();
  const chosen: ResolverBundles = new Map([...bundles, ...small]);
  chosen.forEach(({ code }, name) => refuseTooLong(name, code));
  return chosen;
}

/** @param withoutSpace removes white space, a fifth of the characters */
function bundled(names: string[], withoutSpace: boolean): ResolverBundles {
  const outputs = bundle({
    // Outputs are side by side at the root, so that sources in every map are `resolvers/…`.
    entryPoints: names.map((name) => ({ in: `resolvers/${name}.ts`, out: flat(name) })),
    outdir: '.',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    sourcemap: 'external',
    sourcesContent: false,
    minifyWhitespace: withoutSpace,
  });
  const texts = new Map(outputs.map(({ path, text }) => [basename(path), text]));
  return new Map(
    names.map((name) => [
      name,
      { code: texts.get(`${flat(name)}.js`)!, sourceMap: texts.get(`${flat(name)}.js.map`)! },
    ]),
  );
}

function namesIn(directory: string, prefix = ''): string[] {
  return readdirSync(fromRoot(directory))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => `${prefix}${basename(file, '.ts')}`);
}

const flat = (name: string): string => name.replace('/', '.');

function refuseTooLong(name: string, text: string): void {
  if (text.length > CODE_LIMIT) {
    throw new Mistake(
      `resolvers/${name}.ts bundles to ${text.length} characters; AppSync takes ${CODE_LIMIT}. Import less into it.`,
    );
  }
}
