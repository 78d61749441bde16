import { createAuthorize } from '../auth/authorize.ts';
import type { Authorize } from '../auth/caller.ts';
import type { AuthorizerResult, InvokeAuthorizer } from '../auth/lambda-authorizer.ts';
import type { LocalIssuer } from '../auth/local-issuer.ts';
import type { SessionCredentials } from '../auth/sig-v4.ts';
import type { InvokeLambda } from '../lambda/lambda-result.ts';
import type { AppModel } from '../template/app-model.ts';
import type { Credentials } from './credentials.ts';
import type { Logs } from './logs.ts';

/** @throws StartFailure for an authorization mode that cannot be served */
export function openAuthorize(
  { api, accountId }: AppModel,
  credentials: Credentials,
  sessions: SessionCredentials[],
  issuers: LocalIssuer[],
  invoke: InvokeLambda,
  logs: Logs,
): Authorize {
  return createAuthorize({
    api,
    accountId,
    credentials,
    sessions,
    issuers,
    invokeAuthorizer: authorizerOf(invoke),
    log: (line) => logs.line('auth', line),
  });
}

const authorizerOf =
  (invoke: InvokeLambda): InvokeAuthorizer =>
  async (functionArn, event): Promise<AuthorizerResult> => {
    const cause = { by: 'authorizer', graphqlRequestId: event.requestContext.requestId };
    const result = await invoke(functionArn, event, 'RequestResponse', cause);
    switch (result.kind) {
      case 'answer':
        return result;
      case 'function-error':
        return { kind: 'failed', reason: `failed with ${result.errorType}: ${result.errorMessage}` };
      case 'host-error':
        return { kind: 'failed', reason: `was not invoked, ${result.type}: ${result.message}` };
    }
  };
