import { bundle } from './bundle.ts';
import { fromRoot } from './paths.ts';
import type { MappedCode } from './source-map.ts';

/** Modules that the AWS SDK loads and a Lambda function with DynamoDB does not need, with their replacements (docs/adr/0028). */
const replaced = {
  '@aws-sdk/credential-provider-node': fromRoot('infra/sdk-on-lambda/credential-provider-node.ts'),
  'node:fs/promises': fromRoot('infra/sdk-on-lambda/fs-promises.ts'),
  '@smithy/core/event-streams': fromRoot('infra/sdk-on-lambda/event-streams.ts'),
};

/**
 * Bundles a Lambda function and its packages into one minified file. Packages enter through their ES modules, so that unused
 * parts stay out. The file is CommonJS down to the last `import()`: Node.js passes an ES module every export of a built-in
 * module, and one export of `node:http` is WebSocket, which loads all of undici. Likewise a mention of `ReadableStream` loads
 * web streams, which responses of `node:http` are not. docs/lambda-or-not.md gives the savings. The source map is apart from the
 * code, which Lambda loads with each cold start.
 *
 * @param entryPoint relative to the project's root
 */
export function bundleFunction(entryPoint: string): MappedCode {
  const outputs = bundle({
    // At the root, so that sources in the map are `functions/…`.
    entryPoints: [{ in: entryPoint, out: 'handler' }],
    outdir: '.',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: replaced,
    define: { ReadableStream: 'undefined' },
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
  });
  const textOf = (ending: string): string => outputs.find(({ path }) => path.endsWith(ending))!.text;
  return { code: textOf('.js'), sourceMap: textOf('.map') };
}
