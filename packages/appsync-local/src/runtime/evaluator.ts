import type { CodeModel } from '../template/app-model.ts';
import type { HandlerName } from './check/exports.ts';
import type { MockContext } from './mock-context.ts';
import { createRuntime } from './runtime.ts';
import type { RuntimeOptions } from './runtime.ts';
import type { ContextInit, Evaluation, RaisedError, ResolverEffects } from './runtime.types.ts';

/** What evaluating one handler came to, and what it did on the way. */
export interface CodeEvaluation {
  evaluation: Evaluation;
  /** `INFO - code.js:5:3: "current id" "record-id"`, in order. */
  logs: string[];
  /** `ctx.stash` as the handler left it. */
  stash: unknown;
  /** What `util.appendError` added. */
  outErrors: readonly RaisedError[];
  effects: ResolverEffects;
}

/** A code unit ready to be evaluated, as often as wanted; what its top-level code made is kept in between. */
export interface EvaluatedCode {
  evaluate(handler: HandlerName, context: MockContext): CodeEvaluation;
}

/** Evaluates single handlers on mocked data: no data source is called. */
export interface Evaluator {
  /** @throws CodeRefused when AppSync would refuse the upload */
  load(code: CodeModel): EvaluatedCode;
}

/** @param options of the runtime, but for the log, which every evaluation returns */
export function createEvaluator(options: Omit<RuntimeOptions, 'log'> = {}): Evaluator {
  let logs: string[] = [];
  const runtime = createRuntime({ ...options, log: (_level, line) => void logs.push(line) });
  return {
    load(code) {
      const module = runtime.load(code);
      return {
        evaluate(handler, mock) {
          logs = [];
          const context = runtime.createContext(contextInit(mock));
          if (mock.prev) {
            context.setPrevious(mock.prev['result']);
          }
          context.setOutcome(mock.result, (mock.error ?? null) as { type: string; message: string } | null);
          const evaluation = module.evaluate(handler, context);
          const { appendedErrors: outErrors, effects } = context;
          return { evaluation, logs, stash: context.toJSON()['stash'], outErrors, effects };
        },
      };
    },
  };
}

/** What AppSync puts in the place of absent members is not known, but for `identity` and `source`, which are null. */
const contextInit = (mock: MockContext): ContextInit => ({
  arguments: mock.arguments ?? {},
  identity: mock.identity ?? null,
  source: mock.source ?? null,
  request: { headers: mock.request?.headers ?? {}, domainName: mock.request?.domainName ?? null },
  info: { ...EMPTY_INFO, ...mock.info } as unknown as ContextInit['info'],
  env: mock.env ?? {},
  stash: mock.stash ?? {},
});

const EMPTY_INFO = {
  fieldName: null,
  parentTypeName: null,
  variables: {},
  selectionSetList: [],
  selectionSetGraphQL: '',
};
