/** What a resolver gets back from a data source. A failing table or Lambda function is an outcome, not an exception. */
export type Outcome =
  /** Becomes `ctx.result` and `ctx.error`; both may be set (a failed condition hands back the current item). */
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

/** Where a request comes from; a data source binds its pagination tokens to it. */
export interface Invocation {
  /** `Query.listItems`. */
  field: string;
  /** The AppSync function that asks; absent for a unit resolver. */
  functionId?: string;
  /** Describes who asks for what, for a data source that passes it on. */
  describe?(): InvocationDetails;
}

export interface InvocationDetails {
  arguments: unknown;
  identity: unknown;
  /** Named type of the field, without list and non-null: `Item`. */
  outputType: string;
}

/** How a data source takes several requests for one field together. */
export interface Batching {
  /** Requests with the same key go into one batch; null for a request that goes by itself. */
  keyOf(request: unknown): string | null;
  /** @returns an outcome per request, in order */
  invoke(requests: unknown[]): Promise<Outcome[]>;
}

export interface DataSource {
  name: string;
  type: 'AMAZON_DYNAMODB' | 'AWS_LAMBDA' | 'HTTP' | 'AMAZON_EVENTBRIDGE' | 'NONE';
  /** `request` is what a request handler returned, any JSON value. */
  invoke(request: unknown, invocation: Invocation): Promise<Outcome>;
  /** Absent when every request is sent by itself. */
  batching?: Batching;
}

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
