import { createLambdaHost, type LambdaHost } from '../lambda/lambda-host.ts';
import type { AppModel } from '../template/app-model.ts';
import type { Credentials } from './credentials.ts';
import type { Close, Logs } from './logs.ts';

/** Functions find DynamoDB by the SDK's own variable. Their credentials allow them to call the API in mode AWS_IAM, as a role would. */
export async function openLambda(
  app: AppModel,
  dynamoDbEndpoint: string,
  credentials: Credentials,
  logs: Logs,
  closers: Close[],
): Promise<LambdaHost> {
  const host = await createLambdaHost({
    functions: app.lambdaFunctions,
    environment: {
      AWS_REGION: app.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
      // The SDK's advice about Node.js versions concerns the deployed functions, not this machine.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    log: (entry) => logs.lambda(entry),
  });
  closers.push(() => host.close());
  return host;
}
