import { valueChecks, type ValueRow } from '../evaluate/evaluate-code.ts';

const IAM: Record<string, unknown> = {
  accountId: '123456789012',
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: ['1.2.3.4'],
  username: 'AKIAIOSFODNN7EXAMPLE',
  userArn: 'arn:aws:iam::123456789012:user/alice',
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
};

const IDENTITY_POOL = {
  ...IAM,
  cognitoIdentityPoolId: 'us-east-1:00000000-0000-0000-0000-000000000000',
  cognitoIdentityId: 'us-east-1:11111111-1111-1111-1111-111111111111',
  username: 'AROAEXAMPLE:CognitoIdentityCredentials',
  userArn: 'arn:aws:sts::123456789012:assumed-role/authRole/CognitoIdentityCredentials',
  cognitoIdentityAuthType: 'authenticated',
  cognitoIdentityAuthProvider: 'cognito-idp.us-east-1.amazonaws.com/us-east-1_abc123',
};

const OIDC: Record<string, unknown> = {
  sub: 'sub-1',
  issuer: 'https://accounts.example.com',
  claims: { sub: 'sub-1', iss: 'https://accounts.example.com' },
};

const USER_POOL: Record<string, unknown> = {
  sourceIp: ['1.2.3.4'],
  username: 'alice',
  groups: ['admins'],
  sub: 'sub-1',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc123',
  claims: { sub: 'sub-1', 'cognito:username': 'alice', token_use: 'id' },
  defaultAuthStrategy: 'ALLOW',
};

const without = (identity: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(identity).filter(([member]) => member !== name));

const API_KEY = 'API Key Authorization';
const LAMBDA = 'Lambda Authorization';
const COGNITO = 'User Pool Authorization';

const rows: [id: string, promise: string, identity: unknown, expected: string][] = [
  ['JSR-170', 'no identity is an API key', undefined, API_KEY],
  ['JSR-171', 'a null identity is an API key', null, API_KEY],
  ['JSR-172', 'a resolverContext is a Lambda authorizer', { resolverContext: { role: 'admin' } }, LAMBDA],
  ['JSR-173', 'an empty identity is a Lambda authorizer', {}, LAMBDA],
  ['JSR-174', 'the members of IAM are IAM', IAM, 'IAM Authorization'],
  ['JSR-175', 'an identity pool is IAM', IDENTITY_POOL, 'IAM Authorization'],
  ['JSR-176', 'the members of a user pool are a user pool', USER_POOL, COGNITO],
  ['JSR-177', 'a user pool needs no groups', without(USER_POOL, 'groups'), COGNITO],
  ['JSR-178', 'sub, issuer and claims are OpenID Connect', OIDC, 'Open ID Connect Authorization'],
  ['JSR-179', 'IAM without userArn is an API key', without(IAM, 'userArn'), API_KEY],
  ['JSR-180', 'IAM with a null sourceIp is an API key', { ...IAM, sourceIp: null }, API_KEY],
  [
    'JSR-181',
    'a user pool without defaultAuthStrategy is an API key',
    without(USER_POOL, 'defaultAuthStrategy'),
    API_KEY,
  ],
  ['JSR-182', 'a user pool without sourceIp is an API key', without(USER_POOL, 'sourceIp'), API_KEY],
  ['JSR-183', 'claims alone are an API key', { claims: OIDC.claims }, API_KEY],
  ['JSR-184', 'OpenID Connect with a username is an API key', { ...OIDC, username: 'alice' }, API_KEY],
];

/** `util.authType()` on mocked identities. */
export const authTypeChecks = valueChecks(
  rows.map(([id, promise, identity, expected]): ValueRow => ({
    id,
    promise: `authType: ${promise}`,
    source: 'localstack/appsync-utils, authType.test.js.snap',
    evidence: 'observed',
    expression: 'util.authType()',
    context: { identity },
    expected,
  })),
);
