import { createRequire } from 'node:module';
import type * as Apollo from '@apollo/client';
import type * as Auth from 'aws-appsync-auth-link';
import type * as Subscriptions from 'aws-appsync-subscription-link';
import { filter, tap } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import {
  GET_ITEM,
  itemOf,
  ON_ITEM_CHANGE,
  ON_PUT_ITEM,
  PAYLOAD,
  PUT_ITEM,
  type Subscription,
} from './harness/operations.ts';
import { serverForClients } from './harness/server.ts';
import { provideWebSocket } from './harness/web-socket.ts';

// Node.js finds no Sha256 in what the auth link's ES module imports, so it could not sign.
const require = createRequire(import.meta.url);
const { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } = require('@apollo/client') as typeof Apollo;
const { AUTH_TYPE, createAuthLink } = require('aws-appsync-auth-link') as typeof Auth;
const { CONTROL_EVENTS_KEY, createSubscriptionHandshakeLink } =
  require('aws-appsync-subscription-link') as typeof Subscriptions;

provideWebSocket();
const server = serverForClients();

/** As the links' own documentation has it. */
function createClient(auth: Auth.AuthOptions, http = signable()): Apollo.ApolloClient {
  const config = { url: server.graphqlUrl(), region: 'us-east-1', auth };
  const links = [acknowledgement, createAuthLink(config), createSubscriptionHandshakeLink(config, http)];
  const client = new ApolloClient({ link: ApolloLink.from(links), cache: new InMemoryCache() });
  onTestFinished(() => client.stop());
  return client;
}

/** Without this Apollo adds `extensions` to the body after the auth link has signed it. */
const signable = (): Apollo.HttpLink =>
  new HttpLink({ uri: server.graphqlUrl(), enhancedClientAwareness: { transport: false } });

/** The subscription link tells of `start_ack` who asks for control messages; Apollo Client itself would drop them. */
const acknowledgement = new ApolloLink((operation, forward) => {
  const { acknowledged } = operation.getContext() as { acknowledged?: () => void };
  operation.setContext({ controlMessages: { [CONTROL_EVENTS_KEY]: true } });
  const isControl = ({ extensions }: Apollo.ApolloLink.Result): boolean =>
    extensions?.controlMsgType !== undefined;
  return forward(operation).pipe(
    tap((result) => result.extensions?.controlMsgType === 'CONNECTED' && acknowledged?.()),
    filter((result) => !isControl(result)),
  );
});

interface Subscribed {
  received: Promise<unknown>;
}

/** Resolves once the server has acknowledged the subscription. */
function subscribe(client: Apollo.ApolloClient, { query }: Subscription, id: string): Promise<Subscribed> {
  return new Promise((resolve, reject) => {
    let receive: (data: unknown) => void;
    const received = new Promise((heard) => (receive = heard));
    const context = { acknowledged: () => resolve({ received }) };
    const subscription = client
      .subscribe({ query: gql(query), variables: { id }, context })
      .subscribe(({ data, error }) => (error ? reject(error) : receive(data)));
    onTestFinished(() => subscription.unsubscribe());
  });
}

const iam: Auth.AuthOptions = { type: AUTH_TYPE.AWS_IAM, credentials: LOCAL_CREDENTIALS };

describe('Apollo Client with the AppSync links writes, reads and is told of changes', () => {
  it.each<[string, string | null, Auth.AuthOptions, Subscription]>([
    ['an API key', null, { type: AUTH_TYPE.API_KEY, apiKey: LOCAL_API_KEY }, ON_ITEM_CHANGE], // part: change-feed
    [
      'a Cognito user',
      'alice',
      { type: AUTH_TYPE.AMAZON_COGNITO_USER_POOLS, jwtToken: () => server.token('alice') },
      ON_PUT_ITEM,
    ],
    ['IAM', null, iam, ON_PUT_ITEM],
  ])('as %s', async (caller, owner, auth, subscription) => {
    const client = createClient(auth);
    const id = `apollo-${caller}`;
    const { received } = await subscribe(client, subscription, id);

    const put = await client.mutate({
      mutation: gql(PUT_ITEM),
      variables: { input: { id, payload: PAYLOAD } },
    });
    const get = await client.query({ query: gql(GET_ITEM), variables: { id } });

    const item = { __typename: 'Item', ...itemOf(id, owner) };
    expect(put.data).toEqual({ putItem: item });
    expect(get.data).toEqual({ getItem: item });
    expect(await received).toMatchObject(subscription.eventOf(item));
  });
});

describe('Apollo Client', () => {
  it('breaks its own signature when it may add to the body', async () => {
    const client = createClient(iam, new HttpLink({ uri: server.graphqlUrl() }));

    const query = client.query({ query: gql(GET_ITEM), variables: { id: 'any' } });

    await expect(query).rejects.toMatchObject({ name: 'ServerError', statusCode: 400 });
  });

  it('hears why its subscription is refused', async () => {
    const client = createClient({ type: AUTH_TYPE.API_KEY, apiKey: 'da2-wrong' });

    const refused = subscribe(client, ON_PUT_ITEM, 'any').catch((error: Error) =>
      JSON.stringify(error.cause),
    );

    expect(await refused).toContain('UnauthorizedException');
  });
});
