import { expect, test } from 'vitest';
import type { AuthMode } from '../../../src/template/app-model.ts';
import { readAuthMode } from '../../../src/template/read-auth-modes.ts';
import { createReader } from '../../../src/template/reader.ts';

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
    'a user pool that refuses by default',
    {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'us-east-1_abc', AwsRegion: 'us-east-1', DefaultAction: 'DENY' },
    },
    {
      type: 'AMAZON_COGNITO_USER_POOLS',
      userPoolId: 'us-east-1_abc',
      region: 'us-east-1',
      defaultAction: 'DENY',
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
    'OpenID Connect without limits, which are 0 where none are given',
    {
      AuthenticationType: 'OPENID_CONNECT',
      OpenIDConnectConfig: { Issuer: 'https://issuer', ClientId: '', IatTTL: 0, AuthTTL: 0 },
    },
    { type: 'OPENID_CONNECT', issuer: 'https://issuer' },
  ],
  [
    'a Lambda authorizer that keeps its answers',
    {
      AuthenticationType: 'AWS_LAMBDA',
      LambdaAuthorizerConfig: { AuthorizerUri: functionArn, AuthorizerResultTtlInSeconds: 3600 },
    },
    { type: 'AWS_LAMBDA', functionArn, resultTtlSeconds: 3600 },
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
