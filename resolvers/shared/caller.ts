import { util, type Identity } from '@aws-appsync/utils';

/** What the permission table of the API needs to know of a caller. */
export type Caller = {
  /** IAM callers and the Cognito group `admins` may do everything. */
  unrestricted: boolean;
  /** The Cognito user's `sub`, which is never reassigned; null for API keys, IAM and admins. */
  owner: string | null;
};

type CognitoIdentity = { sub: string; groups: string[] | null };

/** The caller behind `ctx.identity`: an API key has none, IAM callers are trusted by their policies. */
export function callerOf(identity: Identity): Caller {
  const mode = util.authType();
  if (mode === 'User Pool Authorization') {
    const user = identity as CognitoIdentity;
    const admin = (user.groups ?? []).indexOf('admins') >= 0;
    return { unrestricted: admin, owner: admin ? null : user.sub };
  }
  return { unrestricted: mode === 'IAM Authorization', owner: null };
}
