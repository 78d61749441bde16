import './buffer.ts';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { AUTH_TYPE } from 'aws-appsync-auth-link';
import { CONTROL_EVENTS_KEY, createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link';
import { filter, tap } from 'rxjs';
import {
  ListItemsDocument,
  OnItemChangeDocument,
  PutValidatedItemDocument,
} from '../../schema/generated/front-end/documents.ts';
import { type Page, runPage } from '../web/page.ts';
import { fetchAsUser, getToken, signOut, userName } from '../web/session.ts';
import { API } from '../web/settings.ts';

// The link asks for the token before each connection; requests have it from `fetchAsUser`.
const auth = { type: AUTH_TYPE.AMAZON_COGNITO_USER_POOLS, jwtToken: () => getToken() } as const;
const config = { url: API, region: 'us-east-1', auth };
let page: Page;

/** The subscription link says in a control message that the server has acknowledged. */
const acknowledgement = new ApolloLink((operation, forward) => {
  operation.setContext({ controlMessages: { [CONTROL_EVENTS_KEY]: true } });
  return forward(operation).pipe(
    tap(({ extensions }) => extensions?.['controlMsgType'] === 'CONNECTED' && page.connected()),
    filter(({ extensions }) => extensions?.['controlMsgType'] === undefined),
  );
});

const client = new ApolloClient({
  link: ApolloLink.from([
    acknowledgement,
    createSubscriptionHandshakeLink(config, new HttpLink({ uri: API, fetch: fetchAsUser })),
  ]),
  cache: new InMemoryCache(),
});

/** The link does not connect again by itself: another subscription does. */
function again(): void {
  page.interrupted();
  setTimeout(follow, 1000);
}

/** The link would wait for ever for a token that cannot be had, so there is one before it asks. */
const follow = (): void => void getToken().then(subscribe, again);

function subscribe(): void {
  // The cache would take `item` and `previous`, which have one id, for one object, and show the older one.
  const changes = client.subscribe({ query: OnItemChangeDocument, fetchPolicy: 'no-cache' });
  const subscription = changes.subscribe({
    next: ({ data, error }) => {
      if (error) {
        subscription.unsubscribe();
        again();
      } else if (data?.onItemChange) {
        page.changed(data.onItemChange);
      }
    },
    error: again,
  });
}

runPage({
  userName,
  signOut,
  list: async () => {
    const { data } = await client.query({ query: ListItemsDocument, fetchPolicy: 'network-only' });
    return data!.listItems.items;
  },
  put: (input) => client.mutate({ mutation: PutValidatedItemDocument, variables: { input } }),
  follow(of) {
    page = of;
    follow();
  },
});
