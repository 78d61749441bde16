/*
 * Which API, and which user pool: of the local server, unless the page's address names others. They are kept for the way to the sign-in page
 * and back.
 */

const given = new URLSearchParams(location.search);

function setting(name: string): string | null {
  const value = given.get(name) ?? sessionStorage.getItem(name);
  if (value !== null) {
    sessionStorage.setItem(name, value);
  }
  return value;
}

/** The output GraphQLUrl of a stack, or the local server's. */
export const API = setting('api') ?? 'http://localhost:4000/graphql';

/** This page, where users come back to; it has no parameters, so that a deployed client can list it. */
export const HERE = `${location.origin}${location.pathname}`;

export interface UserPool {
  userPoolId: string;
  clientId: string;
  /** The local server that stands in for Cognito; null for a deployed pool. */
  local: URL | null;
  /** Where the sign-in page is: the host of the output SignInUrl, or the local server's. */
  domain: string;
}

/** The outputs UserPoolId, UserPoolClientId and SignInUrl of a stack, or what the local server says. */
export async function userPool(): Promise<UserPool> {
  const [userPoolId, clientId, domain] = [setting('pool'), setting('client'), setting('domain')];
  if (userPoolId && clientId && domain) {
    return { userPoolId, clientId, local: null, domain };
  }
  const response = await fetch(new URL('/_local/user-pools', API));
  const [pool] = (await response.json()) as { userPoolId: string; clientIds: string[] }[];
  const local = new URL(API);
  return { userPoolId: pool!.userPoolId, clientId: pool!.clientIds[0]!, local, domain: local.host };
}
