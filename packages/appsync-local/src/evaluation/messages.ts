import type { HandlerName } from '../runtime/check/exports.ts';
import type { CodeEvaluation } from '../runtime/evaluator.ts';
import type { MockContext } from '../runtime/mock-context.ts';
import type { CodeProblem } from '../runtime/runtime.types.ts';

/** What the server asks the process that evaluates. */
export interface EvaluationRequest {
  code: string;
  handler: HandlerName;
  context: MockContext;
}

/** What that process answers; the first it says is that it is ready. All of it is JSON. */
export type EvaluationAnswer =
  | { kind: 'ready' }
  | { kind: 'evaluated'; evaluation: CodeEvaluation }
  /** AppSync would refuse the code. */
  | { kind: 'refused'; problems: readonly CodeProblem[] }
  /** A mistake of our own. */
  | { kind: 'failed'; stack: string };
