import { join } from 'node:path';
import type { Area } from '../check.ts';
import { addUnitResolvers, testApi, testStack } from '../test-api.ts';
import { requestChecks } from './requests.checks.ts';

const folder = import.meta.dirname;

/** The checks of requests, documents, values and errors. */
export const graphql: Area = {
  name: 'graphql',
  title: 'GraphQL requests, documents, values and errors',
  prefix: 'GQL',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'GraphQL');
    const api = testApi(stack, folder);
    addUnitResolvers(api.addNoneDataSource('None'), join(folder, 'resolvers'));
    app.synth();
  },
  checks: [...requestChecks],
};
