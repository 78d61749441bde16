import type { Area } from '../check.ts';
import { synthesizeEvaluateApp } from '../evaluate/app.ts';
import { authTypeChecks } from './auth-types.checks.ts';
import { dynamodbModuleChecks } from './dynamodb-module.checks.ts';
import { filterExpressionChecks } from './filter-expressions.checks.ts';
import { helperChecks } from './helpers.checks.ts';
import { languageChecks } from './language.checks.ts';
import { observedJavascriptChecks } from './observed-javascript.checks.ts';
import { refusedCodeChecks } from './refused-code.checks.ts';
import { subscriptionFilterChecks } from './subscription-filters.checks.ts';
import { typedValueChecks } from './typed-values.checks.ts';

/** The checks of the APPSYNC_JS runtime, each asked through EvaluateCode. */
export const appsyncJs: Area = {
  name: 'appsync-js',
  title: 'The APPSYNC_JS runtime',
  prefix: 'JSR',
  synthesize: synthesizeEvaluateApp,
  checks: [
    ...typedValueChecks,
    ...filterExpressionChecks,
    ...subscriptionFilterChecks,
    ...dynamodbModuleChecks,
    ...authTypeChecks,
    ...helperChecks,
    ...languageChecks,
    ...refusedCodeChecks,
    ...observedJavascriptChecks,
  ],
};
