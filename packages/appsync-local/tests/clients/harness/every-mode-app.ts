import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { afterAll } from 'vitest';

const MODES = '@aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda';

/** The operations of `operations.ts`, for callers of every mode. */
const SCHEMA = `
type Item ${MODES} { id: ID! version: Int! owner: String payload: AWSJSON }
input PutItemInput { id: ID! payload: AWSJSON }
type Query ${MODES} { getItem(id: ID!): Item }
type Mutation ${MODES} { putItem(input: PutItemInput!): Item }
type Subscription ${MODES} { onPutItem(id: ID): Item @aws_subscribe(mutations: ["putItem"]) }
`;

/** Keeps nothing: an item is what its id says, and belongs to the mode it was asked for in. */
const answering = (id: string): appsync.Code =>
  appsync.Code.fromInline(`
import { util } from '@aws-appsync/utils';
export const request = () => ({ payload: null });
export const response = (ctx) => ({ id: ctx.args.${id}, version: 1, owner: util.authType(), payload: { a: 1 } });
`);

/** What the Lambda authorizer says yes to. */
export const AUTHORIZER_TOKEN = 'custom-token';

/** An API with all five authorization modes. @returns its cloud assembly, removed after the tests of the file */
export function everyModeApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'every-mode-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'schema.graphql'), SCHEMA);
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'EveryMode');
  const authorizer = new lambda.Function(stack, 'Authorizer', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(
      `exports.handler = async ({ authorizationToken }) => ({ isAuthorized: authorizationToken === '${AUTHORIZER_TOKEN}' });`,
    ),
  });
  const api = new appsync.GraphqlApi(stack, 'Api', {
    name: 'every-mode',
    definition: appsync.Definition.fromFile(join(folder, 'schema.graphql')),
    authorizationConfig: {
      defaultAuthorization: { authorizationType: appsync.AuthorizationType.API_KEY },
      additionalAuthorizationModes: [
        { authorizationType: appsync.AuthorizationType.IAM },
        {
          authorizationType: appsync.AuthorizationType.USER_POOL,
          userPoolConfig: { userPool: new UserPool(stack, 'Users') },
        },
        {
          authorizationType: appsync.AuthorizationType.OIDC,
          openIdConnectConfig: { oidcProvider: 'https://issuer.example' },
        },
        {
          authorizationType: appsync.AuthorizationType.LAMBDA,
          lambdaAuthorizerConfig: { handler: authorizer },
        },
      ],
    },
  });
  const none = api.addNoneDataSource('None');
  for (const [typeName, fieldName, id] of [
    ['Query', 'getItem', 'id'],
    ['Mutation', 'putItem', 'input.id'],
  ] as const) {
    none.createResolver(`${typeName}${fieldName}`, {
      typeName,
      fieldName,
      code: answering(id),
      runtime: appsync.FunctionRuntime.JS_1_0_0,
    });
  }
  app.synth();
  return outdir;
}
