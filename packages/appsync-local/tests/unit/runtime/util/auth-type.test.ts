import { expect, it } from 'vitest';
import { valueOf } from '../harness/evaluate.ts';

const iam = {
  accountId: '123456789012',
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: ['1.2.3.4'],
  username: 'AKIAIOSFODNN7EXAMPLE',
  userArn: 'arn:aws:iam::123456789012:user/alice',
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
};
const userPool = {
  sourceIp: ['1.2.3.4'],
  username: 'alice',
  groups: ['admins'],
  sub: 'sub-1',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc123',
  claims: { sub: 'sub-1' },
  defaultAuthStrategy: 'ALLOW',
};
const oidc = { sub: 'sub-1', issuer: 'https://accounts.example.com', claims: { sub: 'sub-1' } };

const without = (identity: object, name: string) =>
  Object.fromEntries(Object.entries(identity).filter(([key]) => key !== name));

// Recorded on AWS by localstack/appsync-utils (authType.test.js).
it.each([
  ['no identity', null, 'API Key Authorization'],
  ['a Lambda authorizer', { resolverContext: { userId: 'alice' } }, 'Lambda Authorization'],
  ['an empty identity', {}, 'Lambda Authorization'],
  ['IAM', iam, 'IAM Authorization'],
  ['a user pool', userPool, 'User Pool Authorization'],
  ['a user pool without groups', without(userPool, 'groups'), 'User Pool Authorization'],
  ['OIDC', oidc, 'Open ID Connect Authorization'],
  ['IAM without userArn', without(iam, 'userArn'), 'API Key Authorization'],
  ['IAM with sourceIp null', { ...iam, sourceIp: null }, 'API Key Authorization'],
  ['a user pool without strategy', without(userPool, 'defaultAuthStrategy'), 'API Key Authorization'],
  ['a user pool without sourceIp', without(userPool, 'sourceIp'), 'API Key Authorization'],
  ['claims alone', { claims: {} }, 'API Key Authorization'],
  ['OIDC with a username', { ...oidc, username: 'alice' }, 'API Key Authorization'],
])('classifies %s', (_name, identity, expected) => {
  const value = valueOf('util.authType()', { identity });

  expect(value).toBe(expected);
});
