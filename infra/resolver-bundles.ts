import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { bundle } from './bundle.ts';
import { Mistake } from './mistake.ts';
import { fromRoot } from './paths.ts';

/** AppSync quota: characters in one code unit, its source map included (AWS General Reference, AppSync quotas). */
export const CODE_LIMIT = 32_768;

/** APPSYNC_JS source by file name without `.ts`: `Mutation.putItem`, `pipeline/put-item`. */
export type ResolverBundles = Map<string, string>;

/**
 * Bundles every resolver and AppSync function to the one file AppSync takes, in a single esbuild call. The options are
 * AWS's own (AppSync developer guide, "Bundling, TypeScript and source maps"); the inline source map leads an error back
 * to its TypeScript line.
 * @throws Mistake when a file does not compile, or a bundle is over AppSync's limit of 32,768 characters
 */
export function bundleResolvers(): ResolverBundles {
  const names = [...namesIn('resolvers'), ...namesIn('resolvers/pipeline', 'pipeline/')];
  const outputs = bundle({
    // Outputs lie side by side at the root, where the sources in every map are `resolvers/…`.
    entryPoints: names.map((name) => ({ in: `resolvers/${name}.ts`, out: flat(name) })),
    outdir: '.',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    sourcemap: 'inline',
    sourcesContent: false,
  });
  const texts = new Map(outputs.map(({ path, text }) => [basename(path, '.js'), text]));
  return new Map(names.map((name) => [name, withinLimit(name, texts.get(flat(name))!)]));
}

function namesIn(directory: string, prefix = ''): string[] {
  return readdirSync(fromRoot(directory))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => `${prefix}${basename(file, '.ts')}`);
}

const flat = (name: string): string => name.replace('/', '.');

function withinLimit(name: string, text: string): string {
  if (text.length > CODE_LIMIT) {
    throw new Mistake(
      `resolvers/${name}.ts bundles to ${text.length} characters; AppSync takes ${CODE_LIMIT}. Import less into it.`,
    );
  }
  return text;
}
