import { bundle } from './bundle.ts';
import { fromRoot } from './paths.ts';

/** What a Lambda function that talks to DynamoDB alone never reaches of the SDK, and what stands in its place. */
const leftOut = {
  '@aws-sdk/credential-provider-node': fromRoot('functions/aws-sdk/environment-credentials.ts'),
  '@smithy/core/event-streams': fromRoot('functions/aws-sdk/no-event-streams.ts'),
};

/**
 * Everything in one minified file, the AWS SDK included through its module entry points, without what is never reached.
 * CommonJS down to the last `import()`: to an ES module Node.js hands over every export of a built-in module, and one of
 * `node:http` is WebSocket, which loads all of undici. docs/lambda-or-not.md has what each of these saves at a cold start.
 *
 * @param entryPoint below the project's root
 */
export function bundleFunction(entryPoint: string): string {
  const [file] = bundle({
    entryPoints: [entryPoint],
    format: 'cjs',
    supported: { 'dynamic-import': false },
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: leftOut,
    minify: true,
    legalComments: 'none',
  });
  return file!.text;
}
