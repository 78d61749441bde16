import type { Area } from '../check.ts';
import { testStack } from '../test-api.ts';
import { addIamApi } from './app.ts';
import { iamChecks } from './iam.checks.ts';

/** The checks of what roles may do. */
export const iam: Area = {
  name: 'iam',
  title: 'Roles of data sources and Lambda functions',
  prefix: 'IAM',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'Iam');
    addIamApi(stack);
    app.synth();
  },
  checks: iamChecks,
};
