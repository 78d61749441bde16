import { RequestRefused } from '../auth/caller.ts';
import type { GraphQLRequest } from '../graphql/request.ts';
import { isRecord } from '../ground/record.ts';
import type { HttpRequest } from './message.ts';

const malformed = (message: string): RequestRefused =>
  new RequestRefused(400, 'MalformedHttpRequestException', message);

const unparsable = (): RequestRefused => malformed('Unable to parse GraphQL query.');

/**
 * Reads the GraphQL request from a body, regardless of its content type, or from the query string of a GET. Ignores unknown
 * members; Apollo sends `extensions` (docs/facts/graphql.md#post).
 *
 * @throws RequestRefused 400 `MalformedHttpRequestException` in AppSync's own words (docs/facts/graphql.md#malformed).
 */
export function parseGraphQLRequest(request: HttpRequest, body: string): GraphQLRequest {
  if (request.method === 'GET') {
    return requestOfQueryString(request.query);
  }
  if (body.trim() === '') {
    throw malformed('Request body is empty.');
  }
  return { ...checked(parseJson(body)), variablesIn: body };
}

function requestOfQueryString(parameters: URLSearchParams): GraphQLRequest {
  const [query, operationName] = [parameters.get('query'), parameters.get('operationName')];
  const text = parameters.get('variables') || 'null';
  const variables = parseJson(text);
  return { ...checked({ query, variables, operationName }), variablesIn: `{"variables":${text}}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unparsable();
  }
}

function checked(members: unknown): GraphQLRequest {
  if (!isRecord(members)) {
    throw unparsable();
  }
  const { query, variables = null, operationName = null } = members;
  if (typeof query !== 'string') {
    throw unparsable();
  }
  if (variables !== null && !isRecord(variables)) {
    throw unparsable();
  }
  if (operationName !== null && typeof operationName !== 'string') {
    throw unparsable();
  }
  return { query, variables, operationName };
}
