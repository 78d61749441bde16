/** `ctx.identity` of each kind of caller that the permission table knows. */

export const apiKey = null;

export const iam = {
  accountId: '123456789012',
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: ['127.0.0.1'],
  username: 'AIDACKCEVSQ6C2EXAMPLE',
  userArn: 'arn:aws:iam::123456789012:user/ops',
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
};

/** A user of the Cognito user pool. @param sub which owns items. */
export const user = (sub: string, ...groups: string[]) => ({
  sub,
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example',
  username: sub,
  claims: { sub },
  sourceIp: ['127.0.0.1'],
  defaultAuthStrategy: 'ALLOW',
  groups: groups.length > 0 ? groups : null,
});

export const alice = user('alice');
export const admin = user('root', 'admins');

/** What `callerOf` makes of them. */
export const ANYBODY = { readsAll: false, writesAll: false, writesOwn: true, owner: null };
export const ALICE = { readsAll: false, writesAll: false, writesOwn: true, owner: 'alice' };
export const EVERYTHING = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
