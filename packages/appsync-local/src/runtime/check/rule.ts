import type { AnyNode, Program } from 'acorn';
import type { CodeProblem } from '../runtime.types.ts';
import type { Scopes } from './scopes.ts';

/** A code unit as the rules see it. */
export interface CodeUnit {
  program: Program;
  scopes: Scopes;
}

/** Reports that AppSync would refuse the code because of this node. @param errorType default: LINT_ERROR */
export type Report = (node: AnyNode, message: string, errorType?: CodeProblem['errorType']) => void;

/** Looks for one reason, or one family of reasons, for which AppSync refuses an upload. */
export type Rule = (unit: CodeUnit, report: Report) => void;
