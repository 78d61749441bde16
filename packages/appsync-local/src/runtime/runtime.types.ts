import type { CodeModel } from '../template/app-model.ts';

/** An error raised by `util.error`, `util.appendError`, `util.unauthorized` or by the runtime itself. */
export interface RaisedError {
  message: string;
  /** null when the code did not give one. */
  errorType: string | null;
  data: unknown;
  errorInfo: unknown;
  /** True for `util.unauthorized()`, whose message depends on the field that it stopped. */
  unauthorized?: boolean;
}

/** The outcome of running a handler once. */
export type Evaluation =
  | { kind: 'returned'; value: unknown }
  /** `runtime.earlyReturn(value, { skipTo })`. */
  | { kind: 'early'; value: unknown; skipTo: 'NEXT' | 'END' }
  | { kind: 'raised'; error: RaisedError };

/** The initial context of a resolver run; every member is JSON. */
export interface ContextInit {
  arguments: Record<string, unknown>;
  identity: unknown;
  source: unknown;
  request: { headers: Record<string, string | string[]>; domainName: string | null };
  info: {
    fieldName: string;
    parentTypeName: string;
    variables: Record<string, unknown>;
    selectionSetList: string[];
    selectionSetGraphQL: string;
  };
  env: Record<string, string>;
  /** Of the GraphQL request, for what code logs. @default none */
  requestId?: string;
  /** Initial `ctx.stash`. Default: an empty object, as in every resolver run. */
  stash?: Record<string, unknown>;
}

/**
 * `ctx` of one resolver run: one field on one parent object. Every handler of the run receives the same object, so pipeline
 * steps share `ctx.stash` and what handlers put there.
 */
export interface ResolverContext {
  /** Sets `ctx.prev.result`. */
  setPrevious(result: unknown): void;
  /** Sets `ctx.result` and `ctx.error` (null when the data source answered). */
  setOutcome(result: unknown, error: { type: string; message: string } | null): void;
  /** For a pipeline's own response handler, which sees the last step's result as `ctx.prev.result` and `ctx.result`, one object. */
  setPipelineOutcome(result: unknown): void;
  /** Errors that `util.appendError` has appended so far, in order. */
  readonly appendedErrors: RaisedError[];
  /** Effects that `extensions.*` and `util.http.addResponseHeader*` requested during this run. */
  readonly effects: ResolverEffects;
  /** A plain JSON copy, as a direct Lambda resolver receives it. */
  toJSON(): Record<string, unknown>;
  /** A plain JSON copy of `ctx.stash`, and at most how many bytes it has. Never throws: null stands for a stash that cannot become JSON. */
  copyStash(): { value: unknown; bytes: number };
}

export interface ResolverEffects {
  subscriptionFilter?: unknown;
  subscriptionInvalidationFilter?: unknown;
  invalidations: { subscriptionField: string; payload: unknown }[];
  responseHeaders: { name: string; value: unknown }[];
}

/** One code unit, compiled once, evaluated many times. */
export interface CodeModule {
  request(context: ResolverContext): Evaluation;
  response(context: ResolverContext): Evaluation;
}

/** A code unit whose handlers can also be evaluated one at a time, as EvaluateCode does. */
export interface EvaluableModule extends CodeModule {
  /** Evaluates a handler with the context unchanged: unlike in a resolver, `request` sees `ctx.result` and `ctx.error`. */
  evaluate(handler: keyof CodeModule, context: ResolverContext): Evaluation;
}

/** A problem that AppSync would refuse at upload, at the place in the author's own source if a source map gives it. */
export interface CodeProblem {
  /**
   * `LINT_ERROR` and `PARSER_ERROR` are documented (AppSync's API model, `CodeError`). `PARSE_ERROR` is recorded for
   * TypeScript's findings (hashicorp/terraform-provider-aws#30760), `INVALID_FUNCTION_INVOCATION` for `Number(…)`
   * (aws/aws-appsync-community#303).
   */
  errorType: 'LINT_ERROR' | 'PARSER_ERROR' | 'PARSE_ERROR' | 'INVALID_FUNCTION_INVOCATION';
  message: string;
  /** `resolvers/Mutation.putItem.ts` by the source map, else `code.js`. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Characters; -1 when unknown or when it spans several lines, as AppSync's API model says (`CodeErrorLocation`). */
  span: number;
}

export interface AppSyncRuntime {
  /** Compiles a code unit. @throws CodeRefused when AppSync would refuse the upload; it lists every problem. */
  load(code: CodeModel): EvaluableModule;
  createContext(init: ContextInit): ResolverContext;
  /** The runtime's own containers. `setOutcome` does not copy a result that consists of these throughout. */
  containers: Containers;
}

/** Creates empty maps and lists. */
export interface Containers {
  map(): Record<string, unknown>;
  list(): unknown[];
}
