import { getOperationAST, parse } from 'graphql';
import type { RealtimeCredentials } from '../auth/authorize-realtime.ts';
import type { GraphQLRequest } from '../graphql/request.ts';
import { isRecord } from '../ground/record.ts';
import { parseJson } from './json.ts';

export interface StartMessage {
  type: 'start';
  id: string;
  /** The `data` string as sent, which SigV4 signs, and the request in it. */
  data: string;
  request: GraphQLRequest;
  /** `extensions.authorization`; empty when absent. */
  authorization: RealtimeCredentials;
}

export type ClientMessage =
  | { type: 'connection_init' }
  | StartMessage
  | { type: 'stop'; id: string }
  | { type: 'unknown' };

/** AppSync quota: tokens in a query document (AWS General Reference, AppSync quotas). The engine refuses more. */
const MAX_TOKENS = 15_000;

/** Reads a message; any message outside AppSync's own protocol (such as Apollo's and graphql-ws's) is unknown. */
export function parseMessage(text: string): ClientMessage {
  const message = parseJson(text);
  if (!isRecord(message)) {
    return { type: 'unknown' };
  }
  if (message['type'] === 'connection_init') {
    return { type: 'connection_init' };
  }
  const { id } = message;
  if (typeof id !== 'string' || id === '') {
    return { type: 'unknown' };
  }
  if (message['type'] === 'stop') {
    return { type: 'stop', id };
  }
  const start = message['type'] === 'start' ? parseStart(id, message['payload']) : null;
  return start ?? { type: 'unknown' };
}

function parseStart(id: string, payload: unknown): StartMessage | null {
  if (!isRecord(payload) || typeof payload['data'] !== 'string') {
    return null;
  }
  const request = toRequest(payload['data']);
  if (!request) {
    return null;
  }
  const { extensions } = payload;
  const authorization = isRecord(extensions) ? extensions['authorization'] : undefined;
  return {
    type: 'start',
    id,
    data: payload['data'],
    request,
    authorization: isRecord(authorization) ? authorization : {},
  };
}

function toRequest(data: string): GraphQLRequest | null {
  const value = parseJson(data);
  if (!isRecord(value) || typeof value['query'] !== 'string') {
    return null;
  }
  const { query, variables, operationName } = value;
  return {
    query,
    variables: isRecord(variables) ? variables : null,
    operationName: typeof operationName === 'string' ? operationName : null,
    variablesIn: data,
  };
}

/**
 * The unsupported kind of operation in a request; null for a subscription, and for a text without a single operation, which the
 * engine refuses in better words.
 */
export function unsupportedOperationOf(request: GraphQLRequest): 'query' | 'mutation' | null {
  try {
    const document = parse(request.query, { noLocation: true, maxTokens: MAX_TOKENS });
    const operation = getOperationAST(document, request.operationName)?.operation;
    return operation === 'query' || operation === 'mutation' ? operation : null;
  } catch {
    return null;
  }
}
