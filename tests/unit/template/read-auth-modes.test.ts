import { expect, test } from 'vitest';
import type { AuthMode } from '../../../local/template/model.ts';
import { readAuthMode } from '../../../local/template/read-auth-modes.ts';
import { createReader } from '../../../local/template/reader.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:authorizer';

test.each<[string, Record<string, unknown>, AuthMode]>([
  [
    'a user pool that is an additional provider',
    {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'eu-west-1_abc', AppIdClientRegex: '^web' },
    },
    {
      type: 'AMAZON_COGNITO_USER_POOLS',
      userPoolId: 'eu-west-1_abc',
      region: 'eu-west-1',
      defaultAction: 'ALLOW',
      appIdClientRegex: '^web',
    },
  ],
  [
    'OpenID Connect',
    {
      AuthenticationType: 'OPENID_CONNECT',
      OpenIDConnectConfig: { Issuer: 'https://issuer', ClientId: 'web', IatTTL: 1000, AuthTTL: '2000' },
    },
    { type: 'OPENID_CONNECT', issuer: 'https://issuer', clientId: 'web', iatTtlMs: 1000, authTtlMs: 2000 },
  ],
  [
    'a Lambda authorizer',
    {
      AuthenticationType: 'AWS_LAMBDA',
      LambdaAuthorizerConfig: { AuthorizerUri: `${functionArn}:live`, IdentityValidationExpression: '^x' },
    },
    { type: 'AWS_LAMBDA', functionArn, resultTtlSeconds: 0, identityValidationExpression: '^x' },
  ],
])('reads %s', (_title, properties, expected) => {
  const reader = createReader('stack Tasks, resource Api', (name) => properties[name]);

  const mode = readAuthMode(reader);

  expect(mode).toEqual(expected);
});
