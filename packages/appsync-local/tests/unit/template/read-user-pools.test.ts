import { expect, test } from 'vitest';
import { changed, readWith, resource } from './harness/minimal-api.ts';

test('lists an imported user pool by its id, so that tokens can be issued for it', () => {
  const app = readWith(
    changed('Api', {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'eu-west-1_imported', DefaultAction: 'ALLOW' },
    }),
  );

  expect(app.userPools).toEqual([
    { logicalId: 'eu-west-1_imported', userPoolId: 'eu-west-1_imported', clients: [] },
  ]);
});

test('reads how users of a client sign in, and what its pool has for it', () => {
  const pool = { UserPoolId: { Ref: 'Pool' } };
  const app = readWith({
    Pool: resource('AWS::Cognito::UserPool'),
    Domain: resource('AWS::Cognito::UserPoolDomain', { ...pool, Domain: 'notes' }),
    Admins: resource('AWS::Cognito::UserPoolGroup', { ...pool, GroupName: 'admins' }),
    Other: resource('AWS::Cognito::UserPool'),
    Others: resource('AWS::Cognito::UserPoolGroup', { UserPoolId: { Ref: 'Other' }, GroupName: 'others' }),
    Client: resource('AWS::Cognito::UserPoolClient', {
      ...pool,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['http://localhost:5173/'],
      LogoutURLs: ['http://localhost:5173/bye'],
      AccessTokenValidity: 10,
      IdTokenValidity: 2,
      RefreshTokenValidity: 7,
      TokenValidityUnits: { AccessToken: 'minutes' },
    }),
  });

  expect(app.userPools).toMatchObject([
    { logicalId: 'Pool', groups: ['admins'], hasDomain: true },
    { logicalId: 'Other', groups: ['others'], clients: [] },
  ]);
  expect(app.userPools[1]!.hasDomain).toBeUndefined();
  expect(app.userPools[0]!.clients[0]!.signIn).toEqual({
    authFlows: ['USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'],
    oauthFlows: [],
    scopes: ['openid'],
    callbackUrls: ['http://localhost:5173/'],
    logoutUrls: ['http://localhost:5173/bye'],
    accessTokenSeconds: 600,
    idTokenSeconds: 7200,
    refreshTokenSeconds: 604_800,
  });
});
