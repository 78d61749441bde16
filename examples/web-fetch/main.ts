import {
  listItems,
  onItemChange,
  putValidatedItem,
  type ResultOf,
  type VariablesOf,
} from '../../schema/generated/front-end/strings.ts';
import { type Page, runPage } from '../web/page.ts';
import { fetchAsUser, getToken, signOut, userName } from '../web/session.ts';
import { API } from '../web/settings.ts';

/** @throws the answer, where it has errors */
async function ask<Text extends string>(query: Text, variables: VariablesOf<Text>): Promise<ResultOf<Text>> {
  const response = await fetchAsUser(API, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: ResultOf<Text>; errors?: unknown[] };
  if (answer.errors) {
    throw answer;
  }
  return answer.data;
}

/** AppSync's real-time endpoint, or that of a local server or a custom domain. */
const realtimeUrl = (url: string): string =>
  /appsync-api/.test(url)
    ? url.replace('https', 'wss').replace('appsync-api', 'appsync-realtime-api')
    : `${url.replace('http', 'ws')}/realtime`;

const base64url = (text: string): string =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** AppSync's real-time protocol: dials again a second after the socket has closed, or after more silence than announced. */
async function follow(page: Page): Promise<void> {
  const again = (): void => void setTimeout(() => void follow(page), 1000);
  const token = await getToken().catch(() => null);
  if (token === null) {
    return again();
  }
  const authorization = { host: new URL(API).host, authorization: token };
  const header = base64url(JSON.stringify(authorization));
  const socket = new WebSocket(realtimeUrl(API), ['graphql-ws', `header-${header}`]);
  const send = (message: object): void => socket.send(JSON.stringify(message));
  let mostSilenceMs = 20_000;
  let silence = setTimeout(() => socket.close(), mostSilenceMs);

  socket.onopen = () => send({ type: 'connection_init' });
  socket.onmessage = ({ data: text }) => {
    const { type, payload } = JSON.parse(String(text)) as { type: string; payload: never };
    const { connectionTimeoutMs } = (payload ?? {}) as { connectionTimeoutMs?: number };
    mostSilenceMs = connectionTimeoutMs ?? mostSilenceMs;
    clearTimeout(silence);
    silence = setTimeout(() => socket.close(), mostSilenceMs);
    if (type === 'connection_ack') {
      const data = JSON.stringify({ query: onItemChange, variables: {} });
      send({ type: 'start', id: '1', payload: { data, extensions: { authorization } } });
    } else if (type === 'start_ack') {
      page.connected();
    } else if (type === 'data') {
      const { data } = payload as { data: ResultOf<typeof onItemChange> };
      page.changed(data.onItemChange!);
    } else if (type === 'error' || type === 'connection_error') {
      void getToken({ forceRefresh: true }).catch(() => undefined);
      socket.close();
    }
  };
  socket.onclose = () => {
    clearTimeout(silence);
    page.interrupted();
    again();
  };
}

runPage({
  userName,
  signOut,
  list: async () => (await ask(listItems, {})).listItems.items,
  put: (input) => ask(putValidatedItem, { input }),
  follow: (page) => void follow(page),
});
