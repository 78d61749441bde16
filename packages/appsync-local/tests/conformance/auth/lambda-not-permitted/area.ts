import assert from 'node:assert/strict';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Area, Check } from '../../check.ts';
import { testApi, testStack } from '../../test-api.ts';
import { authorizerFunction } from '../authorizer.ts';
import { ask, connectAs, token } from '../requests.ts';

const errorType = 'BadRequestException';

const checks: Check[] = [
  {
    id: 'AUT-701',
    promise:
      'refuses every token with a `BadRequestException` without a message if no permission lets AppSync invoke the authorizer',
    source: 'aws/aws-cdk#19239, aws/aws-cdk#19258; the status is inferred',
    evidence: 'observed',
    async run(api) {
      const answer = await ask(api, '{ open }', token('allow'));
      assert.deepEqual(answer, { status: 400, errorType, body: { errors: [{ errorType }] } });
    },
  },
  {
    id: 'AUT-702',
    promise: 'refuses a connection with the same error',
    source: 'docs/facts/authorization.md#authorizer-permission',
    evidence: 'inferred',
    async run(api) {
      const { socket, answer } = await connectAs(api, token('allow'));
      socket.close();
      const errors = [{ errorType, errorCode: 400 }];
      assert.deepEqual(answer, { type: 'connection_error', payload: { errors } });
    },
  },
];

export const lambdaNotPermitted: Area = {
  name: 'auth-lambda-not-permitted',
  title: 'Authorization: a Lambda authorizer that AppSync may not invoke',
  prefix: 'AUT',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'AuthLambdaNotPermitted');
    testApi(stack, import.meta.dirname, {
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: appsync.AuthorizationType.LAMBDA,
          lambdaAuthorizerConfig: { handler: authorizerFunction(stack) },
        },
      },
    });
    // The L2 construct adds the permission; CfnGraphQLApi and plain templates have only what their authors add.
    for (const { node } of stack.node.findAll().filter((one) => one instanceof CfnPermission)) {
      node.scope!.node.tryRemoveChild(node.id);
    }
    app.synth();
  },
  checks,
};
