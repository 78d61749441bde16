import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createRealtimeClient, withToken } from 'live-items';
import {
  ListItemsDocument,
  OnItemChangeDocument,
  PutValidatedItemDocument,
} from '../../schema/generated/front-end/documents.ts';
import { type Page, runPage } from '../web/page.ts';
import { fetchAsUser, getToken, signOut, userName } from '../web/session.ts';
import { API } from '../web/settings.ts';

// urql has no exchange for AppSync's protocol; live-items has a client for it, which connects again by itself.
const realtime = createRealtimeClient({ url: API, authorization: withToken(getToken) });
let page: Page;

const client = new Client({
  url: API,
  preferGetMethod: false,
  fetch: fetchAsUser,
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query = '', variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: realtime.subscribe<Record<string, unknown>>(
            { query, variables: variables as Record<string, unknown> },
            {
              next: ({ data }) => sink.next({ data }),
              error: (error) => sink.error(error),
              complete: () => sink.complete(),
              subscribed: () => page.connected(),
              interrupted: () => page.interrupted(),
            },
          ),
        }),
      }),
    }),
  ],
});

type Answer<Data> = Promise<{ data?: Data; error?: unknown }>;
async function dataOf<Data>(answer: Answer<Data>): Promise<Data> {
  const { data, error } = await answer;
  if (error) {
    throw error;
  }
  return data!;
}

runPage({
  userName,
  signOut,
  list: async () => (await dataOf(client.query(ListItemsDocument, {}).toPromise())).listItems.items,
  put: (input) => dataOf(client.mutation(PutValidatedItemDocument, { input }).toPromise()),
  follow(of) {
    page = of;
    client
      .subscription(OnItemChangeDocument, {})
      .subscribe(({ data }) => data?.onItemChange && page.changed(data.onItemChange));
  },
});
