import { join } from 'node:path';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type { Area } from '../../check.ts';
import { addUnitResolvers, testApi, testStack } from '../../test-api.ts';
import { limitChecks } from './limits.checks.ts';

const folder = import.meta.dirname;

/** The checks of an API that sets limits of its own: depth 3, 5 resolvers, no introspection. */
export const limits: Area = {
  name: 'limits',
  title: 'Limits that an API sets',
  prefix: 'LIM',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'Limits');
    const api = testApi(stack, folder, {
      queryDepthLimit: 3,
      resolverCountLimit: 5,
      introspectionConfig: appsync.IntrospectionConfig.DISABLED,
    });
    addUnitResolvers(api.addNoneDataSource('None'), join(folder, 'resolvers'));
    app.synth();
  },
  checks: limitChecks,
};
