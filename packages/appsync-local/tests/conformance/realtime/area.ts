import { join } from 'node:path';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type { Area } from '../check.ts';
import { addUnitResolvers, testApi, testStack } from '../test-api.ts';
import { aliasChecks } from './aliases.checks.ts';
import { argumentChecks } from './arguments.checks.ts';
import { connectChecks } from './connect.checks.ts';
import { filterChecks } from './filters.checks.ts';
import { frameChecks } from './frames.checks.ts';
import { invalidationChecks } from './invalidation.checks.ts';
import { operatorChecks } from './operators.checks.ts';
import { payloadChecks } from './payload.checks.ts';
import { publishingChecks } from './publishing.checks.ts';
import { refusalChecks } from './refusals.checks.ts';
import { deniedChecks, resolverChecks } from './resolvers.checks.ts';
import { sessionChecks } from './session.checks.ts';
import { numberStartChecks, startChecks } from './starts.checks.ts';

const folder = import.meta.dirname;

/** The checks of subscriptions, from the handshake to the last frame. */
export const realtime: Area = {
  name: 'realtime',
  title: 'Real time: connections, subscriptions, filters and delivery',
  prefix: 'RTM',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'Realtime');
    const { API_KEY: apiKey, IAM: iam } = appsync.AuthorizationType;
    const api = testApi(stack, folder, {
      authorizationConfig: {
        defaultAuthorization: { authorizationType: apiKey },
        additionalAuthorizationModes: [{ authorizationType: iam }],
      },
    });
    addUnitResolvers(api.addNoneDataSource('None'), join(folder, 'resolvers'));
    app.synth();
  },
  checks: [
    ...connectChecks,
    ...refusalChecks,
    ...sessionChecks,
    ...startChecks,
    ...frameChecks,
    ...publishingChecks,
    ...payloadChecks,
    ...argumentChecks,
    ...operatorChecks,
    ...filterChecks,
    ...resolverChecks,
    ...invalidationChecks,
    ...aliasChecks,
    ...deniedChecks,
    ...numberStartChecks,
  ],
};
