import type { InvocationCause } from '../lambda/lambda-result.ts';
import type { CallSink, CallTrace } from '../trace/call-trace.ts';

/** A data source's answer to a resolver. A failing table or Lambda function is an outcome, not an exception. */
export type Outcome =
  /** Becomes `ctx.result` and `ctx.error`; both may be set (a failed condition returns the current item). */
  | { kind: 'answered'; result: unknown; error: DataSourceError | null }
  /** The request object was invalid: the field fails before `response` runs (errorType `MappingTemplate`). */
  | { kind: 'refused'; errorType: string; message: string };

/** `ctx.error`. */
export interface DataSourceError {
  /** `DynamoDB:ConditionalCheckFailedException`, `Lambda:Unhandled`, … */
  type: string;
  message: string;
  [more: string]: unknown;
}

/** The origin of a request; a data source binds its pagination tokens to it. */
export interface Invocation {
  /** `Query.listItems`. */
  field: string;
  /** The requesting AppSync function; absent for a unit resolver. */
  functionId?: string | undefined;
  /** `x-amzn-RequestId` of the GraphQL request. @default it has none */
  requestId?: string | undefined;
  /** Describes the caller and the field, for a data source that passes them on. */
  describe?: (() => InvocationDetails) | undefined;
  /** Gets each call of a service, because the outcome does not show its answer. @default none */
  calls?: CallSink | undefined;
}

/** Where requests that share a batch come from. */
export type RequestOfField = Pick<Invocation, 'field' | 'requestId'>;

export interface InvocationDetails {
  arguments: unknown;
  identity: unknown;
  /** Named type of the field, without list and non-null: `Item`. */
  outputType: string;
}

/** Combines several requests for one field. */
export interface Batching {
  /** Requests with the same key share a batch; null for a request that is sent alone. */
  keyOf(request: unknown): string | null;
  /**
   * @param origin of the requests. @default nobody says
   * @returns an outcome per request, in order
   */
  invoke(requests: unknown[], origin?: RequestOfField): Promise<Outcome[]>;
}

export interface DataSource {
  name: string;
  type: 'AMAZON_DYNAMODB' | 'AWS_LAMBDA' | 'HTTP' | 'AMAZON_EVENTBRIDGE' | 'NONE' | 'NOT_RUN';
  /** @param request the result of a request handler, any JSON value */
  invoke(request: unknown, invocation: Invocation): Promise<Outcome>;
  /** Absent when every request is sent alone. */
  batching?: Batching;
  /**
   * Gives the outcome of a request again, from the calls recorded then; nothing is called. Absent where the outcome
   * stays as it is: resolvers cannot change it.
   */
  again?(request: unknown, invocation: Invocation, calls: readonly CallTrace[]): Promise<Outcome>;
}

/** The field for which a Lambda function is invoked. */
export const causeOf = (origin: RequestOfField | undefined): InvocationCause | undefined =>
  origin && { by: origin.field, graphqlRequestId: origin.requestId };

export const answered = (result: unknown): Outcome => ({ kind: 'answered', result, error: null });

export const failed = (error: DataSourceError, result: unknown = null): Outcome => ({
  kind: 'answered',
  result,
  error,
});

export const refused = (message: string, errorType = 'MappingTemplate'): Outcome => ({
  kind: 'refused',
  errorType,
  message,
});
