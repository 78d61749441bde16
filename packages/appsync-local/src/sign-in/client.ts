import type { UserPoolIssuer } from '../auth/local-issuer.ts';
import type { ClientSignInModel, UserPoolModel } from '../template/app-model.ts';

/** A user pool and who signs its tokens. */
export interface SignInPool {
  model: UserPoolModel;
  issuer: UserPoolIssuer;
}

/** An app client that users sign in to. */
export interface SignInClient {
  clientId: string;
  pool: SignInPool;
  /** Undefined for a client that the template does not define. */
  rules?: ClientSignInModel;
}

/** Cognito API reference, ClientId. */
const CLIENT_ID = /^[\w+]{1,128}$/;

/**
 * The client with this id. A pool whose clients the template does not define accepts every client.
 *
 * @returns undefined for an unknown client
 */
export function findClient(pools: readonly SignInPool[], clientId: string): SignInClient | undefined {
  for (const pool of pools) {
    const model = pool.model.clients.find((client) => client.clientId === clientId);
    if (model) {
      return { clientId, pool, ...(model.signIn && { rules: model.signIn }) };
    }
  }
  const open = CLIENT_ID.test(clientId) && pools.find(({ model }) => model.clients.length === 0);
  return open ? { clientId, pool: open } : undefined;
}

/** What AWS would refuse about this sign-in, though this server accepts it: one sentence each, for the sign-in page. */
export function differencesFrom({ pool, rules }: SignInClient, redirectUri: string): string[] {
  return [
    ...(pool.model.hasDomain || !rules
      ? []
      : ['The user pool has no domain (AWS::Cognito::UserPoolDomain).']),
    ...(rules && !rules.oauthFlows.includes('code')
      ? ['The client has no OAuth code flow (AllowedOAuthFlows).']
      : []),
    ...(rules && !rules.callbackUrls.includes(redirectUri)
      ? [`The client's CallbackURLs do not have ${redirectUri}.`]
      : []),
  ];
}
