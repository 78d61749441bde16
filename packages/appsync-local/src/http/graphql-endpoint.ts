import { randomUUID } from 'node:crypto';
import type { Authorize } from '../auth/caller.ts';
import type { ExecutionResult, GraphQLRequest, RequestOrigin } from '../graphql/request.ts';
import type { RequestTrace, Traces } from '../trace/request-trace.ts';
import { clientHeaders } from './client-headers.ts';
import { compress, isCompressible } from './compression.ts';
import { parseGraphQLRequest } from './graphql-body.ts';
import type { Handle, HttpRequest, HttpResponse, LogFailure } from './message.ts';
import { answerFailure } from './refusal.ts';
import { sendableHeaders } from './resolver-headers.ts';

export interface GraphQLEndpointOptions {
  authorize: Authorize;
  /** Prepares and runs an operation; may refuse it with RequestRefused. */
  execute(request: GraphQLRequest, origin: RequestOrigin): Promise<ExecutionResult>;
  log: LogFailure;
  /** Records each request. @default none */
  traces?: Traces | undefined;
}

/**
 * `POST /graphql` and `GET /graphql`. Checks credentials before the body, so that a caller without any learns only the 401
 * (docs/facts/authorization.md#refusals).
 *
 * An exception from `execute` is answered with 500 `InternalFailure`; its cause goes only to `log`.
 */
export function createGraphQLEndpoint({ authorize, execute, log, traces }: GraphQLEndpointOptions): Handle {
  return async (request) => {
    const requestId = randomUUID();
    const trace = traces?.begin(requestId, 'http');
    const response = await answer(request, requestId, trace);
    if (trace) {
      trace.answered(response.status, response.body as string);
      traces?.end(trace);
    }
    return isCompressible(request, response) ? await compress(response) : response;
  };

  async function answer(
    request: HttpRequest,
    requestId: string,
    trace: RequestTrace | undefined,
  ): Promise<HttpResponse> {
    try {
      const body = request.method === 'GET' ? '' : await request.body();
      const caller = await authorize({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body,
        remoteAddress: request.remoteAddress,
        requestId,
      });
      const headers = clientHeaders(request);
      trace?.authorized(caller, headers);
      const graphql = parseGraphQLRequest(request, body);
      trace?.asked(graphql);
      const result = await execute(graphql, { caller, headers, requestId, trace });
      return respond(result, requestId, log);
    } catch (error) {
      return answerFailure(error, requestId, log);
    }
  }
}

function respond(result: ExecutionResult, requestId: string, log: LogFailure): HttpResponse {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json;charset=UTF-8',
    'x-amzn-RequestId': requestId,
    'x-amzn-appsync-TokensConsumed': '1',
  };
  if (result.headers) {
    Object.assign(headers, sendableHeaders(result.headers, requestId, log));
  }
  return { status: 200, headers, body: JSON.stringify(result.response) };
}
