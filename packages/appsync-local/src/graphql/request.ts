import type { Caller } from '../auth/caller.ts';
import type { RequestTrace } from '../trace/request-trace.ts';

/** A GraphQL request as clients send it over HTTP or inside a `start` message. */
export interface GraphQLRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
  /** The JSON with these `variables`, which keeps numbers as the client wrote them. @default no number needs it */
  variablesIn?: string;
}

/** The origin of a request: becomes `ctx.request` and part of `ctx.identity`. */
export interface RequestOrigin {
  caller: Caller;
  /** Lower-case names, without cookies; becomes `ctx.request.headers`. */
  headers: Record<string, string | string[]>;
  /** UUID, also sent back as `x-amzn-RequestId`. */
  requestId: string;
  /** Records what happens in the request. @default none */
  trace?: RequestTrace | undefined;
}

/** One entry of `errors`, with AppSync's keys. */
export interface GraphQLErrorEntry {
  path?: (string | number)[] | null;
  data?: unknown;
  errorType?: string | null;
  errorInfo?: unknown;
  locations?: { line: number; column: number; sourceName: null }[] | null;
  message: string;
}

/** The response body; `errors` is absent when there are none. */
export interface GraphQLResponse {
  data?: unknown;
  errors?: GraphQLErrorEntry[];
}

export interface ExecutionResult {
  response: GraphQLResponse;
  /** Headers that resolvers added with `util.http.addResponseHeader`; null without any. */
  headers: Record<string, string> | null;
}
