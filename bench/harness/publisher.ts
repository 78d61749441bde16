import { fileURLToPath } from 'node:url';
import { assembliesDirectory } from '../../packages/appsync-local/src/ground/cache-directory.ts';
import { LOCAL_CREDENTIALS } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { childEnvironment, nodeOptions } from '../../packages/appsync-local/src/lambda/child-environment.ts';
import { loadAssembly } from '../../packages/appsync-local/src/template/load-assembly.ts';
import { readApp } from '../../packages/appsync-local/src/template/read-app.ts';
import { synthesize } from '../../packages/appsync-local/src/template/synthesize.ts';
import type { BenchContext } from '../section.ts';
import { ROOT, type PublishingPlace } from './ours.ts';

/** How to run a program. */
export interface Program {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

const BOOTSTRAP = fileURLToPath(
  new URL('../../packages/appsync-local/src/lambda/bootstrap.cjs', import.meta.url),
);

/**
 * The Lambda function that the stream of the items table invokes, as our server runs it. Where its Runtime API and its GraphQL API are is
 * left to who starts it.
 */
export async function publisherProgram(
  { DYNAMODB_ENDPOINT, CHANGES_TABLE }: PublishingPlace,
  { progress }: BenchContext,
): Promise<Program> {
  const app = readApp(loadAssembly(await synthesize(ROOT, assembliesDirectory(ROOT), progress)));
  const [feed] = app.eventSourceMappings;
  const model = app.lambdaFunctions.find(({ arn }) => arn === feed?.functionArn);
  if (!model || !('directory' in model.code)) {
    throw new Error('no stream in the template invokes a Lambda function');
  }
  const { directory } = model.code;
  const { accessKeyId, secretAccessKey } = LOCAL_CREDENTIALS;
  const env = childEnvironment(model, directory, '', BOOTSTRAP, {
    AWS_REGION: app.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: DYNAMODB_ENDPOINT,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CHANGES_TABLE,
  });
  return {
    command: process.execPath,
    args: [...nodeOptions(model.memoryMb), BOOTSTRAP],
    cwd: directory,
    env,
  };
}
