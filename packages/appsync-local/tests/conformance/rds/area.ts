import type { Area } from '../check.ts';
import { synthesizeEvaluateApp } from '../evaluate/app.ts';
import { changeChecks } from './changes.checks.ts';
import { conditionRefusalChecks } from './condition-refusals.checks.ts';
import { conditionChecks } from './conditions.checks.ts';
import { inferredChecks } from './inferred.checks.ts';
import { refusalChecks } from './refusals.checks.ts';
import { resultChecks } from './results.checks.ts';
import { selectChecks } from './selects.checks.ts';

/** The checks of `@aws-appsync/utils/rds`, each asked through EvaluateCode: its statements go to no database. */
export const rds: Area = {
  name: 'rds',
  title: 'Statements for relational databases',
  prefix: 'RDS',
  synthesize: synthesizeEvaluateApp,
  checks: [
    ...selectChecks,
    ...conditionChecks,
    ...changeChecks,
    ...refusalChecks,
    ...conditionRefusalChecks,
    ...resultChecks,
    ...inferredChecks,
  ],
};
