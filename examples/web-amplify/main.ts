import { Amplify } from 'aws-amplify';
import {
  CONNECTION_STATE_CHANGE,
  ConnectionState,
  generateClient,
  type GraphQLResult,
} from 'aws-amplify/api';
import { fetchAuthSession, getCurrentUser, signInWithRedirect, signOut } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { listItems, onItemChange, putValidatedItem } from '../../schema/generated/front-end/strings.ts';
import { runPage } from '../web/page.ts';
import { API, HERE, userPool } from '../web/settings.ts';

const { userPoolId, clientId, local, domain } = await userPool();
const oauth = { domain, scopes: ['openid'], redirectSignIn: [HERE], redirectSignOut: [HERE] };
Amplify.configure({
  API: { GraphQL: { endpoint: API, region: userPoolId.split('_')[0]!, defaultAuthMode: 'userPool' } },
  Auth: {
    Cognito: {
      userPoolId,
      userPoolClientId: clientId,
      loginWith: { oauth: { ...oauth, responseType: 'code' } },
      // The local server stands in for Cognito.
      ...(local && { userPoolEndpoint: local.origin }),
    },
  },
});
const client = generateClient();

// Amplify signs in and refreshes by itself.
await getCurrentUser().catch(() => signInWithRedirect());

/** Amplify asks for a new token when the old one has ended, but not when it was refused. */
async function ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (failure) {
    if (!isRefused(failure)) {
      throw failure;
    }
    await fetchAuthSession({ forceRefresh: true });
    return request();
  }
}

const isRefused = (failure: unknown): boolean =>
  (failure as GraphQLResult).errors?.some(({ message }) => message.startsWith('Unauthorized')) ?? false;

runPage({
  userName: async () => (await getCurrentUser()).username,
  signOut,
  list: async () => (await ask(() => client.graphql({ query: listItems }))).data.listItems.items,
  put: (input) => ask(() => client.graphql({ query: putValidatedItem, variables: { input } })),
  follow(page) {
    // Amplify connects again by itself, and tells so.
    Hub.listen('api', ({ payload }) => {
      const { connectionState } = (payload.data ?? {}) as { connectionState?: ConnectionState };
      if (payload.event === CONNECTION_STATE_CHANGE && connectionState) {
        const isConnected = connectionState === ConnectionState.Connected;
        (isConnected ? page.connected : page.interrupted)();
      }
    });
    client.graphql({ query: onItemChange }).subscribe({
      next: ({ data }) => data.onItemChange && page.changed(data.onItemChange),
      error: () => page.interrupted(),
    });
  },
});
