import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOCAL_API_KEY } from '../../src/ground/local-credentials.ts';
import {
  GET_ITEM,
  itemOf,
  ON_ITEM_CHANGE,
  ON_PUT_ITEM,
  PAYLOAD,
  PUT_ITEM,
  type Subscription,
} from './harness/operations.ts';
import { type Heard, listen, subscribed } from './harness/realtime.ts';
import { serverForClients } from './harness/server.ts';

const server = serverForClients();

interface App {
  client: Client;
  /** The method of each HTTP request so far. */
  methods: string[];
  /** Called with every `start_ack`. */
  acknowledged: () => void;
}

/** urql as it comes, with the exchange its documentation asks for where subscriptions are not graphql-ws. */
function createApp(headers: Record<string, string>): App {
  const app: Omit<App, 'client'> = { methods: [], acknowledged: () => undefined };
  const client = new Client({
    url: server.graphqlUrl(),
    preferGetMethod: undefined, // the default: queries in GET requests
    fetch: (url, options) => {
      app.methods.push(options?.method ?? 'GET');
      return fetch(url, options);
    },
    fetchOptions: { headers },
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: ({ next, error }) => {
            const listener = { next, error, acknowledged: () => app.acknowledged() };
            const unsubscribe = listen(
              server.graphqlUrl(),
              async () => headers,
              { query, variables },
              listener,
            );
            return { unsubscribe };
          },
        }),
      }),
    ],
  });
  return Object.assign(app, { client });
}

function hear(app: App, { query }: Subscription, id: string): Promise<Heard<unknown>> {
  return subscribed(({ acknowledged, next, error }) => {
    app.acknowledged = acknowledged;
    const { unsubscribe } = app.client
      .subscription(query, { id })
      .subscribe((result) => (result.error ? error(result.error) : next(result.data as never)));
    onTestFinished(unsubscribe);
  });
}

describe('urql writes, reads and is told of changes', () => {
  it.each([
    ['an API key', null, async () => ({ 'x-api-key': LOCAL_API_KEY }), ON_ITEM_CHANGE], // part: change-feed
    ['a Cognito user', 'alice', async () => ({ authorization: await server.token('alice') }), ON_PUT_ITEM],
  ])('as %s, with queries in GET requests', async (caller, owner, headers, subscription) => {
    const app = createApp(await headers());
    const id = `urql-${caller}`;
    const { received } = await hear(app, subscription, id);

    const put = await app.client.mutation(PUT_ITEM, { input: { id, payload: PAYLOAD } }).toPromise();
    const get = await app.client.query(GET_ITEM, { id }).toPromise();

    const item = itemOf(id, owner);
    expect(put).toMatchObject({ data: { putItem: item }, error: undefined });
    expect(get).toMatchObject({ data: { getItem: item }, error: undefined });
    expect(app.methods).toEqual(['POST', 'GET']);
    expect(await received).toEqual(subscription.eventOf(item));
  });
});
