import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type { Area } from '../../check.ts';
import { testApi, testStack, testUserPool } from '../../test-api.ts';
import { authorizerFunction } from '../authorizer.ts';
import { addResolver } from '../local-resolver.ts';
import { GROUPS, POOL_USERS } from '../pool-users.ts';
import { cognitoChecks } from './cognito.checks.ts';
import { credentialChecks } from './credentials.checks.ts';
import { fieldChecks } from './fields.checks.ts';
import { iamChecks } from './iam.checks.ts';
import { lambdaChecks } from './lambda.checks.ts';
import { MATRIX_VALUE, matrixChecks, matrixFields, matrixSdl } from './matrix.ts';
import { oidcChecks } from './oidc.checks.ts';
import { realtimeChecks } from './realtime.checks.ts';

/** The issuer and the client of the API's OpenID Connect provider. */
export const OIDC_ISSUER = 'https://auth.conformance.example/tenant/';
const CLIENT_IDS = 'web-client|mobile-client';

const CONSTANTS = ['byDefault', 'byKey', 'byIam', 'byUser', 'byAdmin', 'byOidc', 'byLambda', 'ignored'];

/** An API with all five authorization modes; the default one is the API key. */
export const everyMode: Area = {
  name: 'auth',
  title: 'Authorization: all five modes together',
  prefix: 'AUT',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'Auth');
    const file = join(outdir, 'schema.graphql');
    writeFileSync(
      file,
      `${readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8')}\n${matrixSdl()}`,
    );
    const { AuthorizationType: Mode } = appsync;
    const userPool = testUserPool(stack, GROUPS);
    const api = testApi(stack, outdir, {
      authorizationConfig: {
        defaultAuthorization: { authorizationType: Mode.API_KEY },
        additionalAuthorizationModes: [
          { authorizationType: Mode.IAM },
          { authorizationType: Mode.USER_POOL, userPoolConfig: { userPool } },
          {
            authorizationType: Mode.OIDC,
            openIdConnectConfig: {
              oidcProvider: OIDC_ISSUER,
              clientId: CLIENT_IDS,
              tokenExpiryFromIssue: Duration.hours(2).toMilliseconds(),
              tokenExpiryFromAuth: Duration.hours(4).toMilliseconds(),
            },
          },
          {
            authorizationType: Mode.LAMBDA,
            lambdaAuthorizerConfig: {
              handler: authorizerFunction(stack),
              resultsCacheTtl: Duration.minutes(5),
            },
          },
        ],
      },
    });
    const none = api.addNoneDataSource('None');
    const note = `({ id: 'n1', secret: 's', forIam: 'i' })`;
    CONSTANTS.forEach((field) => addResolver(none, 'Query', field, `'open'`));
    addResolver(none, 'Query', 'identity', 'ctx.identity');
    none.createResolver('authTypeResolver', {
      typeName: 'Query',
      fieldName: 'authType',
      runtime: appsync.FunctionRuntime.JS_1_0_0,
      code: appsync.Code.fromInline(
        "import { util } from '@aws-appsync/utils';\n" +
          'export const request = () => ({ payload: null });\nexport const response = () => util.authType();\n',
      ),
    });
    addResolver(none, 'Query', 'note', note);
    addResolver(none, 'Query', 'notes', `[${note}, ${note}]`);
    addResolver(none, 'Query', 'strict', note);
    addResolver(none, 'Query', 'plain', `({ id: 'p1' })`);
    addResolver(none, 'Query', 'thing', `({ __typename: 'Chair', id: 'c1' })`);
    addResolver(none, 'Mutation', 'note', `({ id: ctx.args.id, secret: 's' })`);
    addResolver(none, 'Mutation', 'byIam', `'done'`);
    matrixFields.forEach((field) => addResolver(none, 'Query', field, `(${MATRIX_VALUE})`));
    app.synth();
  },
  users: { pool: POOL_USERS, oidc: ['olga'] },
  checks: [
    ...credentialChecks,
    ...iamChecks,
    ...cognitoChecks,
    ...oidcChecks.map((check) => ({ ...check, promise: `with OpenID Connect, ${check.promise}` })),
    ...lambdaChecks,
    ...fieldChecks,
    ...realtimeChecks,
    ...matrixChecks,
  ],
};
