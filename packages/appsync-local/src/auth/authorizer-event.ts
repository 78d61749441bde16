import { randomUUID } from 'node:crypto';
import { isNestedDeeper } from '../ground/nesting.ts';
import { isRecord } from '../ground/record.ts';
import type { SignedRequest } from './caller.ts';
import { headerOf } from './request-headers.ts';

/** The event that AppSync passes to a Lambda authorizer (AppSync developer guide, "AWS_LAMBDA authorization"). */
export interface AuthorizerEvent {
  /** The `Authorization` header as sent. */
  authorizationToken: string;
  requestContext: {
    apiId: string;
    accountId: string;
    requestId: string;
    queryString: string;
    operationName: string | null;
    variables: Record<string, unknown>;
  };
  requestHeaders: Record<string, string>;
}

/** The operation name of a real-time connection, for which there is no query (awslabs/aws-mobile-appsync-sdk-js#755). */
const CONNECT = 'DeepDish:Connect';

export const authorizerEvent = (
  request: SignedRequest,
  token: string,
  api: { id: string; accountId: string },
): AuthorizerEvent => ({
  authorizationToken: token,
  requestContext: {
    apiId: api.id,
    accountId: api.accountId,
    requestId: request.requestId ?? randomUUID(),
    ...operationOf(request),
  },
  requestHeaders: headersOf(request),
});

type Operation = Pick<AuthorizerEvent['requestContext'], 'queryString' | 'operationName' | 'variables'>;

/** The caller is authorized before the body is checked, so an invalid body is left out here and refused afterwards. */
function operationOf(request: SignedRequest): Operation {
  if (request.connecting) {
    return { queryString: '', operationName: CONNECT, variables: {} };
  }
  const { query, operationName, variables } =
    request.method === 'GET' ? membersOfUrl(request.url) : objectIn(request.body);
  return {
    queryString: typeof query === 'string' ? query : '',
    operationName: typeof operationName === 'string' ? operationName : null,
    variables: isRecord(variables) && !isNestedDeeper(variables) ? variables : {},
  };
}

function membersOfUrl(url: string): Record<string, unknown> {
  const query = new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '');
  return {
    query: query.get('query'),
    operationName: query.get('operationName'),
    variables: objectIn(query.get('variables') ?? ''),
  };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** Without cookies, as in `ctx.request.headers`. */
const headersOf = (request: SignedRequest): Record<string, string> =>
  Object.fromEntries(
    Object.keys(request.headers)
      .filter((name) => name !== 'cookie')
      .flatMap((name) => {
        const value = headerOf(request, name);
        return value === undefined ? [] : [[name, value]];
      }),
  );
