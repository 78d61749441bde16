import type { Area } from '../check.ts';
import { testStack } from '../test-api.ts';
import { addDataSourcesApi } from './app.ts';
import { dynamoDbConflictChecks } from './dynamodb-conflicts.checks.ts';
import { dynamoDbItemChecks } from './dynamodb-items.checks.ts';
import { dynamoDbManyChecks } from './dynamodb-many.checks.ts';
import { dynamoDbPageChecks } from './dynamodb-pages.checks.ts';
import { dynamoDbRefusalChecks } from './dynamodb-refusals.checks.ts';
import { eventBridgeChecks } from './event-bridge.checks.ts';
import { formChecks, httpChecks } from './http.checks.ts';
import { lambdaBatchChecks } from './lambda-batches.checks.ts';
import { lambdaChecks } from './lambda.checks.ts';
import { pipelineChecks } from './pipelines.checks.ts';

/** The checks of data sources, and of how resolvers ask them. */
export const dataSources: Area = {
  name: 'data-sources',
  title: 'Data sources, batches and pipelines',
  prefix: 'DSC',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'DataSources');
    addDataSourcesApi(stack);
    app.synth();
  },
  checks: [
    ...dynamoDbItemChecks,
    ...dynamoDbConflictChecks,
    ...dynamoDbPageChecks,
    ...dynamoDbManyChecks,
    ...lambdaChecks,
    ...lambdaBatchChecks,
    ...httpChecks,
    ...pipelineChecks,
    ...eventBridgeChecks,
    ...dynamoDbRefusalChecks,
    ...formChecks,
  ],
};
