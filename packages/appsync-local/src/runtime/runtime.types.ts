import type { CodeModel } from '../template/app-model.ts';

/** An entry raised by `util.error`, `util.appendError`, `util.unauthorized` or by the runtime itself. */
export interface RaisedError {
  message: string;
  /** null when the code gave none. */
  errorType: string | null;
  data: unknown;
  errorInfo: unknown;
  /** True for `util.unauthorized()`, whose message is made by the field it stopped. */
  unauthorized?: boolean;
}

/** What one run of a handler came to. */
export type Evaluation =
  | { kind: 'returned'; value: unknown }
  /** `runtime.earlyReturn(value, { skipTo })`. */
  | { kind: 'early'; value: unknown; skipTo: 'NEXT' | 'END' }
  | { kind: 'raised'; error: RaisedError };

/** What a resolver run starts with; every member is JSON. */
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
  /** What `ctx.stash` starts with. Default: an empty object, as in every resolver run. */
  stash?: Record<string, unknown>;
}

/**
 * `ctx` of one resolver run: one field on one parent object. The same object is handed to every handler
 * of the run, so that `ctx.stash` and what handlers put there is shared between pipeline steps.
 */
export interface ResolverContext {
  /** Sets `ctx.prev.result`. */
  setPrevious(result: unknown): void;
  /** Sets `ctx.result` and `ctx.error` (null when the data source answered). */
  setOutcome(result: unknown, error: { type: string; message: string } | null): void;
  /** For a pipeline's own response handler: the last step's result is `ctx.prev.result` and `ctx.result`, one object. */
  setPipelineOutcome(result: unknown): void;
  /** Errors appended so far with `util.appendError`, in order. */
  readonly appendedErrors: RaisedError[];
  /** What `extensions.*` and `util.http.addResponseHeader*` asked for during this run. */
  readonly effects: ResolverEffects;
  /** A plain JSON copy, as a direct Lambda resolver receives it. */
  toJSON(): Record<string, unknown>;
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

/** A code unit whose handlers can also be evaluated by themselves, as EvaluateCode does. */
export interface EvaluableModule extends CodeModule {
  /** Evaluates a handler on the context as it is: unlike in a resolver, `request` sees `ctx.result` and `ctx.error`. */
  evaluate(handler: keyof CodeModule, context: ResolverContext): Evaluation;
}

/** A problem AppSync would refuse at upload, at the place in the author's own source where a source map tells it. */
export interface CodeProblem {
  /**
   * `LINT_ERROR` and `PARSER_ERROR` are documented (AppSync's API model, `CodeError`). `PARSE_ERROR` is recorded for what TypeScript says
   * (hashicorp/terraform-provider-aws#30760), `INVALID_FUNCTION_INVOCATION` for `Number(…)` (aws/aws-appsync-community#303).
   */
  errorType: 'LINT_ERROR' | 'PARSER_ERROR' | 'PARSE_ERROR' | 'INVALID_FUNCTION_INVOCATION';
  message: string;
  /** `resolvers/Mutation.putItem.ts` by the source map, else `code.js`. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Characters; -1 when unknown or over several lines, as AppSync's API model says (`CodeErrorLocation`). */
  span: number;
}

export interface AppSyncRuntime {
  /** Compiles a code unit. @throws CodeRefused when AppSync would refuse the upload; it lists every problem. */
  load(code: CodeModel): EvaluableModule;
  createContext(init: ContextInit): ResolverContext;
  /** The runtime's own. A result that is a map of these, all the way down, is not copied by `setOutcome`. */
  containers: Containers;
}

/** Makes empty maps and lists. */
export interface Containers {
  map(): Record<string, unknown>;
  list(): unknown[];
}
