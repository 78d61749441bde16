import type { Authorize, Caller } from '../../../../src/auth/caller.ts';
import { RequestRefused } from '../../../../src/auth/caller.ts';
import type { ExecutionResult, GraphQLRequest, RequestOrigin } from '../../../../src/graphql/request.ts';
import { createGraphQLEndpoint } from '../../../../src/http/graphql-endpoint.ts';
import type { Handle, LogFailure } from '../../../../src/http/message.ts';

export const CALLER: Caller = { mode: 'API_KEY', identity: null, groups: [] };

/** Accepts the key `good` and refuses as AppSync does. */
export const authorize: Authorize = async ({ headers }) => {
  if (headers['x-api-key'] === 'good') {
    return CALLER;
  }
  throw new RequestRefused(401, 'UnauthorizedException', 'Valid authorization header not provided.');
};

/** What `execute` was called with. */
export interface Execution {
  request: GraphQLRequest;
  origin: RequestOrigin;
}

/** A GraphQL endpoint that notes what it is asked to execute and what it logs. */
export function createEndpoint(
  execute?: (request: GraphQLRequest) => ExecutionResult | Promise<ExecutionResult>,
): {
  endpoint: Handle;
  executions: Execution[];
  failures: Parameters<LogFailure>[0][];
} {
  const executions: Execution[] = [];
  const failures: Parameters<LogFailure>[0][] = [];
  const endpoint = createGraphQLEndpoint({
    authorize,
    log: (failure) => void failures.push(failure),
    async execute(request, origin) {
      executions.push({ request, origin });
      return execute ? execute(request) : { response: { data: { ok: true } }, headers: {} };
    },
  });
  return { endpoint, executions, failures };
}
