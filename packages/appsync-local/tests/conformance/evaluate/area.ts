import type { Area } from '../check.ts';
import { answerChecks } from './answers.checks.ts';
import { synthesizeEvaluateApp } from './app.ts';
import { refusalChecks } from './refusals.checks.ts';
import { typeChecks } from './types.checks.ts';

/** The checks of the operation EvaluateCode. */
export const evaluate: Area = {
  name: 'evaluate',
  title: 'EvaluateCode',
  prefix: 'EVC',
  synthesize: synthesizeEvaluateApp,
  checks: [...answerChecks, ...refusalChecks, ...typeChecks],
};
