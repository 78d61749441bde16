import { Amplify } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, ConnectionState, generateClient } from 'aws-amplify/api';
import { decodeJWT } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { listItems, onItemChange, putValidatedItem } from '../../schema/generated/front-end/strings.ts';
import { runPage } from '../web/page.ts';
import { API, getToken } from '../web/session.ts';

// With `Auth: { Cognito: … }` Amplify signs in and refreshes by itself, and needs no tokenProvider.
Amplify.configure(
  { API: { GraphQL: { endpoint: API, region: 'us-east-1', defaultAuthMode: 'userPool' } } },
  { Auth: { tokenProvider: { getTokens: async () => ({ accessToken: decodeJWT(await getToken()) }) } } },
);
const client = generateClient();

runPage({
  list: async () => (await client.graphql({ query: listItems })).data.listItems.items,
  put: (input) => client.graphql({ query: putValidatedItem, variables: { input } }),
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
