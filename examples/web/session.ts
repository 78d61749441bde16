import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { HERE, userPool } from './settings.ts';

/*
 * Who is signed in: by the code flow with PKCE on the user pool's page, with a package for OpenID Connect. The same calls do it locally and against a
 * deployed pool (docs/front-end.md, "Sign in").
 */

async function open(): Promise<UserManager> {
  const { userPoolId, clientId, local } = await userPool();
  const [region] = userPoolId.split('_');
  const users = new UserManager({
    authority: `${local?.origin ?? `https://cognito-idp.${region}.amazonaws.com`}/${userPoolId}`,
    client_id: clientId,
    redirect_uri: HERE,
    scope: 'openid',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: localStorage }),
  });
  if (new URLSearchParams(location.search).has('state')) {
    await users.signinCallback();
    history.replaceState(null, '', HERE);
  }
  return users;
}

let opened: Promise<UserManager> | undefined;
/** Tries again after a failure. */
const manager = (): Promise<UserManager> =>
  (opened ??= open().catch((failure) => {
    opened = undefined;
    throw failure;
  }));

let asked: Promise<User> | undefined;

/** A token that is good for a while, asked for anew when the last one has ended or was refused. Whoever is not signed in goes to do so. */
export async function getToken({ forceRefresh = false } = {}): Promise<string> {
  const users = await manager();
  const user = await users.getUser();
  if (user && !user.expired && !forceRefresh) {
    return user.access_token;
  }
  // All who ask at the same time wait for one answer.
  asked ??= (user ? refresh(users) : signIn(users)).finally(() => (asked = undefined));
  return (await asked).access_token;
}

/** The same as `fetch`, as the user; a token that is refused is asked for anew, once. */
export async function fetchAsUser(url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const send = async (forceRefresh: boolean): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', await getToken({ forceRefresh }));
    return fetch(url, { ...init, headers });
  };
  const response = await send(false);
  return response.status === 401 ? send(true) : response;
}

export async function userName(): Promise<string> {
  await getToken();
  const user = await (await manager()).getUser();
  return String(user?.profile['cognito:username']);
}

/** A refresh token that is refused ends the session; without a network it does not. */
async function refresh(users: UserManager): Promise<User> {
  try {
    return (await users.signinSilent())!;
  } catch (failure) {
    if (failure instanceof ErrorResponse) {
      await users.removeUser();
      return signIn(users);
    }
    throw failure;
  }
}

/** Leaves the page. */
async function signIn(users: UserManager): Promise<never> {
  await users.signinRedirect();
  return new Promise<never>(() => undefined);
}

export async function signOut(): Promise<void> {
  const users = await manager();
  await users.revokeTokens(['refresh_token']).catch(() => undefined);
  await users.removeUser();
  const end = new URL((await users.metadataService.getEndSessionEndpoint())!);
  // Cognito's own names.
  end.search = new URLSearchParams({ client_id: users.settings.client_id, logout_uri: HERE }).toString();
  location.assign(end);
}
