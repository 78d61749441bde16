import { join } from 'node:path';
import type { Area } from '../check.ts';
import { addUnitResolvers, testApi, testStack } from '../test-api.ts';
import { answerChecks } from './answers.checks.ts';
import { documentChecks } from './documents.checks.ts';
import { introspectionChecks } from './introspection.checks.ts';
import { literalChecks } from './literals.checks.ts';
import { numberChecks } from './numbers.checks.ts';
import { requestChecks } from './requests.checks.ts';
import { resultChecks } from './results.checks.ts';
import { scalarValueChecks } from './scalars.checks.ts';
import { valueChecks } from './values.checks.ts';

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
  checks: [
    ...requestChecks,
    ...documentChecks,
    ...literalChecks,
    ...valueChecks,
    ...scalarValueChecks,
    ...resultChecks,
    ...answerChecks,
    ...introspectionChecks,
    ...numberChecks,
  ],
};
