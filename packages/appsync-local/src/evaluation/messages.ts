import type { HandlerName } from '../runtime/check/exports.ts';
import type { CodeEvaluation } from '../runtime/evaluator.ts';
import type { MockContext } from '../runtime/mock-context.ts';
import type { CodeProblem } from '../runtime/runtime.types.ts';

/** A request of the server to the process that evaluates. */
export interface EvaluationRequest {
  code: string;
  handler: HandlerName;
  context: MockContext;
}

/** The answers of that process; the first says that it is ready. Everything is JSON. */
export type EvaluationAnswer =
  | { kind: 'ready' }
  | { kind: 'evaluated'; evaluation: CodeEvaluation }
  /** AppSync would refuse the code. */
  | { kind: 'refused'; problems: readonly CodeProblem[] }
  /** A bug of ours. */
  | { kind: 'failed'; stack: string };
