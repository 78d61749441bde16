import type { LocalIssuer, UserPoolIssuer } from '../auth/local-issuer.ts';
import type { Handle } from '../http/message.ts';
import type { UserPoolModel } from '../template/app-model.ts';
import type { SignInPool } from './client.ts';
import { Codes } from './codes.ts';
import {
  authorizeEndpoint,
  loginForm,
  loginPage,
  logoutEndpoint,
  revokeEndpoint,
  type SignInState,
  tokenEndpoint,
  userInfoEndpoint,
} from './oauth.ts';
import { Sessions } from './sessions.ts';
import { userPoolApi } from './user-pool-api.ts';
import { SeenUsers } from './users.ts';

/** Handlers by path and method. */
export type SignInRoutes = Record<string, Record<string, Handle>>;

/**
 * Signs users in as a deployed user pool does: the OAuth endpoints of its domain with a page that asks for no password, and the operations of
 * its API. The pages belong to apps on this machine; the router keeps everybody else away.
 *
 * @returns no routes for an app without user pools
 */
export function createSignIn(
  userPools: readonly UserPoolModel[],
  issuers: readonly LocalIssuer[],
): SignInRoutes {
  const pools = userPools.flatMap((model): SignInPool[] =>
    issuers
      .filter(isUserPool)
      .filter(({ userPoolId }) => userPoolId === model.userPoolId)
      .map((issuer) => ({ model, issuer })),
  );
  if (pools.length === 0) {
    return {};
  }
  const state: SignInState = { pools, codes: new Codes(), sessions: new Sessions(), users: new SeenUsers() };
  return {
    '/': { POST: userPoolApi(state) },
    '/oauth2/authorize': { GET: authorizeEndpoint(state) },
    '/login': { GET: loginPage(state), POST: loginForm(state) },
    '/oauth2/token': { POST: tokenEndpoint(state) },
    '/oauth2/revoke': { POST: revokeEndpoint(state) },
    '/oauth2/userInfo': { GET: userInfoEndpoint(state) },
    '/logout': { GET: logoutEndpoint(state) },
    '/_local/user-pools': { GET: userPoolList(userPools) },
  };
}

const isUserPool = (issuer: LocalIssuer): issuer is UserPoolIssuer => issuer.provider === 'cognito';

/** What a front end's configuration needs of the template: names that anybody may know. */
const userPoolList =
  (userPools: readonly UserPoolModel[]): Handle =>
  async () => ({
    status: 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: JSON.stringify(
      userPools.map(({ userPoolId, clients }) => ({
        userPoolId,
        clientIds: clients.map(({ clientId }) => clientId),
      })),
    ),
  });
