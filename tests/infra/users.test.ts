import { expect, test } from 'vitest';
import { callerKinds } from '../../model/caller.ts';
import { readable, resources, theOnly } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

const { template } = synthesize();
const pool = theOnly(template, 'AWS::Cognito::UserPool').Properties;
const client = theOnly(template, 'AWS::Cognito::UserPoolClient').Properties;

test('users are made by an administrator and sign in by name or e-mail address', () => {
  expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
  expect(pool.AliasAttributes).toEqual(['email']);
});

test('passwords are long and mixed, and recovered by e-mail', () => {
  expect(pool.Policies.PasswordPolicy).toMatchObject({
    MinimumLength: 12,
    RequireLowercase: true,
    RequireUppercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
  });
  expect(pool.AccountRecoverySetting.RecoveryMechanisms).toEqual([{ Name: 'verified_email', Priority: 1 }]);
});

test('a second factor is possible, without text messages, which would cost', () => {
  expect(pool.MfaConfiguration).toBe('OPTIONAL');
  expect(pool.EnabledMfas).toEqual(['SOFTWARE_TOKEN_MFA']);
  expect(pool).not.toHaveProperty('SmsConfiguration');
});

test('front ends sign in without a secret, by SRP only, and learn nothing of who exists', () => {
  expect(readable(client.UserPoolId)).toBe('UsersUserPool');
  expect(client.ExplicitAuthFlows).toEqual(['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  expect(client.PreventUserExistenceErrors).toBe('ENABLED');
  expect(client.AllowedOAuthFlowsUserPoolClient).toBe(false);
  expect(client).not.toHaveProperty('GenerateSecret');
});

test('without pages to sign in from there is no sign-in page', () => {
  expect(resources(template, 'AWS::Cognito::UserPoolDomain').size).toBe(0);
  expect(client).not.toHaveProperty('CallbackURLs');
});

test('with them users sign in by codes alone, and are sent nowhere else', () => {
  const urls = ['https://app.example/', 'http://localhost:5173/'];
  const { template: signIn } = synthesize({ signInUrls: urls.join(',') });
  const { Properties: domain } = theOnly(signIn, 'AWS::Cognito::UserPoolDomain');

  expect(theOnly(signIn, 'AWS::Cognito::UserPoolClient').Properties).toEqual({
    ...client,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'profile'],
    CallbackURLs: urls,
    LogoutURLs: urls,
    SupportedIdentityProviders: ['COGNITO'],
  });
  expect(readable(domain.Domain)).toMatch(/^appsync-items-dev-/);
  expect(Object.keys(signIn.toJSON().Outputs as object)).toContain('SignInUrl');
});

test('there is each group that the permissions name, and no other', () => {
  const groups = [...resources(template, 'AWS::Cognito::UserPoolGroup').values()].map(
    ({ Properties }) => Properties,
  );
  const named = callerKinds().flatMap(({ group }) => group ?? []);

  expect(groups.map(({ GroupName }) => GroupName).sort()).toEqual(named.sort());
  expect(named).toContain('admins');
  for (const { UserPoolId, Description } of groups) {
    expect(readable(UserPoolId)).toBe('UsersUserPool');
    expect(Description).toMatch(/^May read .*write .*\.$/);
  }
});
