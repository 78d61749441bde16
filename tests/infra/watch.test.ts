import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { fromRoot, root } from '../../infra/paths.ts';
import { compileGlobs } from '../../packages/appsync-local/src/template/synthesis/glob.ts';

const { watch } = JSON.parse(readFileSync(fromRoot('cdk.json'), 'utf8')) as {
  watch: { include: string[]; exclude: string[] };
};
const [isIncluded, isExcluded] = [compileGlobs(watch.include), compileGlobs(watch.exclude)];

const sourcesIn = (folder: string): string[] =>
  readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));

/** A server takes an assembly that it made before where no watched file has changed: a file left out would keep its old code running. */
test('cdk.json watches every file that the app, its resolvers and its functions import', async () => {
  const { metafile } = await build({
    entryPoints: ['infra/app.ts', ...sourcesIn('resolvers'), ...sourcesIn('functions')],
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs);

  expect(inputs).toContain('model/caller.ts');
  expect(inputs.filter((file) => !isIncluded(file) || isExcluded(file))).toEqual([]);
});
