import type { CodeModel } from '../template/app-model.ts';
import type { HandlerName } from './check/exports.ts';
import type { LogLevel, Occurrence } from './console-log.ts';
import type { MockContext } from './mock-context.ts';
import { createRuntime } from './runtime.ts';
import type { RuntimeOptions } from './runtime.ts';
import type { ContextInit, Evaluation, RaisedError, ResolverEffects } from './runtime.types.ts';
import { CODE_FILE } from './source-positions.ts';

/** The result of evaluating one handler, and its side effects. */
export interface CodeEvaluation {
  evaluation: Evaluation;
  /** `INFO - code.js:5:3: "current id" "record-id"`, in order; of a file, with the author's file and line. */
  logs: string[];
  /** `ctx.stash` as the handler left it. */
  stash: unknown;
  /** What `util.appendError` added. */
  outErrors: readonly RaisedError[];
  effects: ResolverEffects;
}

/** A code unit that can be evaluated any number of times; its top-level code runs once, and its state is kept. */
export interface EvaluatedCode {
  evaluate(handler: HandlerName, context: MockContext): CodeEvaluation;
}

/** Evaluates single handlers with mocked data: no data source is called. */
export interface Evaluator {
  /**
   * @param file where the code is from, which its logs then name
   * @throws CodeRefused when AppSync would refuse the upload
   */
  load(code: CodeModel, file?: string): EvaluatedCode;
}

/** @param options of the runtime, except the log, which every evaluation returns */
export function createEvaluator(options: Omit<RuntimeOptions, 'log'> = {}): Evaluator {
  let logs: string[] = [];
  let from: string | undefined;
  const runtime = createRuntime({
    ...options,
    log: (level, line, occurrence) =>
      void logs.push(from === undefined ? line : lineIn(from, level, occurrence())),
  });
  return {
    load(code, file) {
      const module = runtime.load(code);
      return {
        evaluate(handler, mock) {
          logs = [];
          from = file;
          const context = runtime.createContext(contextInit(mock));
          if (mock.prev) {
            context.setPrevious(mock.prev['result']);
          }
          context.setOutcome(mock.result, (mock.error ?? null) as { type: string; message: string } | null);
          const evaluation = module.evaluate(handler, context);
          const { appendedErrors: outErrors, effects } = context;
          const { value: stash } = context.copyStash();
          return {
            evaluation: stash === null && evaluation.kind !== 'raised' ? UNREADABLE_STASH : evaluation,
            logs,
            stash: stash ?? {},
            outErrors,
            effects,
          };
        },
      };
    },
  };
}

/** The stash is part of the answer, which is JSON. */
const UNREADABLE_STASH: Evaluation = {
  kind: 'raised',
  error: {
    message: 'ctx.stash refers to itself or is too large to become JSON',
    errorType: 'Code',
    data: null,
    errorInfo: null,
  },
};

function lineIn(file: string, level: LogLevel, { place, words }: Occurrence): string {
  const at = `${place.file === CODE_FILE ? file : place.file}:${place.line}:${place.column}`;
  return `${level} - ${at}:${words && ` ${words}`}`;
}

/** What AppSync puts in place of absent members is unknown, except for `identity` and `source`, which are null. */
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
