import { engineExchange } from '../database/engine-exchange.ts';
import { openDynamoDbGate } from '../http/dynamodb-gate.ts';
import { createLambdaHost, type InvocationSink, type LambdaHost } from '../lambda/lambda-host.ts';
import type { AppModel, LambdaFunctionModel } from '../template/app-model.ts';
import type { Credentials } from './credentials.ts';
import type { FunctionSessions } from './function-roles.ts';
import { type Inspection, PAUSE_MS } from './inspection.ts';
import type { Close, Logs } from './logs.ts';

/**
 * Functions find DynamoDB by the SDK's own variable. Their credentials are those of a session of their role, which the API in mode AWS_IAM
 * and DynamoDB know and judge; a function whose role is not known has the local user's, and may do everything.
 */
export async function openLambda(
  app: AppModel,
  dynamoDbEndpoint: string,
  credentials: Credentials,
  sessions: FunctionSessions,
  logs: Logs,
  closers: Close[],
  invocations?: InvocationSink,
  inspection?: Inspection,
): Promise<LambdaHost> {
  const judged =
    sessions.callers.length > 0
      ? await openDynamoDbGate(engineExchange(new URL(dynamoDbEndpoint)), sessions.judgeCall)
      : null;
  if (judged) {
    closers.push(() => judged.close());
  }
  const host = await createLambdaHost({
    functions: app.lambdaFunctions,
    environment: {
      AWS_REGION: app.region,
      ...variablesOf(credentials, dynamoDbEndpoint),
      // The SDK's advice about Node.js versions concerns the deployed functions, not this machine.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    environmentOf({ arn }: LambdaFunctionModel) {
      const own = sessions.credentialsOf(arn);
      return own && judged ? variablesOf(own, judged.url) : {};
    },
    log: (entry) => logs.lambda(entry),
    invocations,
    ...(inspection && { debugger: inspection, limits: INSPECTED }),
  });
  closers.push((why) => (why === 'replaced' ? host.retire() : host.close()));
  return host;
}

/** One process at a time, since a function has one port, for as long as somebody looks at it. */
const INSPECTED = {
  initTimeoutMs: PAUSE_MS,
  idleMs: PAUSE_MS,
  environmentsAtOnce: 1,
  environmentsPerFunction: 1,
};

const variablesOf = (
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
  dynamoDbEndpoint: string,
): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
});
