/** What a resolver gets back from a data source. A failing table or Lambda function is an outcome, not an exception. */
export type Outcome =
  /** Becomes `ctx.result` and `ctx.error`; both may be set (a failed condition hands back the current item). */
  | { kind: 'answered'; result: unknown; error: DataSourceError | null }
  /** The request object itself was no request: the field fails before `response` runs (errorType `MappingTemplate`). */
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
}

export interface DataSource {
  name: string;
  type: 'AMAZON_DYNAMODB' | 'AWS_LAMBDA' | 'HTTP' | 'NONE';
  /** `request` is what a request handler returned, any JSON value. */
  invoke(request: unknown, invocation: Invocation): Promise<Outcome>;
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
