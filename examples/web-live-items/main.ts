import { createLiveItems, graphqlRequest, withToken } from 'live-items';
import { putValidatedItem } from '../../schema/generated/front-end/strings.ts';
import { runPage } from '../web/page.ts';
import { getToken, signOut, userName } from '../web/session.ts';
import { API } from '../web/settings.ts';

const api = { url: API, authorization: withToken(getToken) };

runPage({
  userName,
  signOut,
  // It reads by itself, and what was missed as well.
  list: async () => [...live.items.values()],
  put: (input) => graphqlRequest(api, { query: putValidatedItem, variables: { input } }),
  follow: (page) => void (pageOf = page),
});

let pageOf: Parameters<Parameters<typeof runPage>[0]['follow']>[0];
const live = createLiveItems({
  ...api,
  onChange: (changes) => changes.forEach((change) => pageOf.changed(change)),
  onStatus: (status) => (status === 'live' ? pageOf.connected() : pageOf.interrupted()),
});
