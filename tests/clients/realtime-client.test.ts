import { onTestFinished, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import {
  LOCAL_API_KEY,
  LOCAL_CREDENTIALS,
} from '../../packages/appsync-local/src/ground/local-credentials.ts';
import {
  itemOf,
  ON_ITEM_CHANGE,
  ON_PUT_ITEM,
  PAYLOAD,
  PUT_ITEM,
  type Subscription,
} from '../../packages/appsync-local/tests/clients/harness/operations.ts';
import { serverForClients } from '../../packages/appsync-local/tests/clients/harness/server.ts';
import { signerFor } from '../../packages/appsync-local/tests/harness/sign.ts';
import {
  type Authorization,
  createRealtimeClient,
  graphqlRequest,
  type Sink,
  type WebSocketClass,
  withApiKey,
  withSignature,
  withToken,
} from '../../packages/live-items/src/index.ts';

const server = serverForClients();

const CALLERS: [string, string | null, Authorization, Subscription][] = [
  ['an API key', null, withApiKey(LOCAL_API_KEY), ON_ITEM_CHANGE],
  ['a Cognito user', 'alice', withToken(() => server.token('alice')), ON_PUT_ITEM],
  ['IAM', null, withSignature(signerFor(LOCAL_CREDENTIALS)), ON_PUT_ITEM],
];

/** A subscription, and what its sink was told. */
function heard(authorization: Authorization, id: string, { query } = ON_ITEM_CHANGE) {
  const sink = {
    next: vi.fn(),
    error: vi.fn(),
    subscribed: vi.fn(),
    interrupted: vi.fn(),
  } satisfies Sink<object>;
  const client = createRealtimeClient({
    url: server.graphqlUrl(),
    authorization,
    webSocket: WebSocket as unknown as WebSocketClass,
    backOff: { baseMs: 20, capMs: 100 },
  });
  onTestFinished(client.subscribe<object>({ query, variables: { id } }, sink));
  return sink;
}

/** Only to end what hangs. */
const PATIENCE = { timeout: 45_000, interval: 10 };

const subscribed = (sink: { subscribed: () => void }, times = 1): Promise<void> =>
  vi.waitFor(() => expect(sink.subscribed).toHaveBeenCalledTimes(times), PATIENCE);

const put = (authorization: Authorization, id: string): Promise<unknown> =>
  graphqlRequest(
    { url: server.graphqlUrl(), authorization },
    { query: PUT_ITEM, variables: { input: { id, payload: PAYLOAD } } },
  );

describe('the real-time client of this project', () => {
  it.each(CALLERS)('writes and hears as %s', async (name, owner, authorization, subscription) => {
    const id = `own-${name}`;
    const sink = heard(authorization, id, subscription);
    await subscribed(sink);

    const written = await put(authorization, id);

    expect(written).toEqual({ putItem: itemOf(id, owner) });
    await vi.waitFor(
      () => expect(sink.next).toHaveBeenCalledWith({ data: subscription.eventOf(itemOf(id, owner)) }),
      PATIENCE,
    );
  });

  it('asks for new credentials once where the first were refused', async () => {
    const asked: boolean[] = [];
    const sink = heard(({ forceRefresh }) => {
      asked.push(forceRefresh);
      return { 'x-api-key': forceRefresh ? LOCAL_API_KEY : 'da2-stale' };
    }, 'any');

    await subscribed(sink);

    expect(asked).toEqual([false, true, false, true]);
    expect(sink.error).not.toHaveBeenCalled();
  });

  it('gives up where new credentials are refused, too, and says why', async () => {
    const sink = heard(withApiKey('da2-wrong'), 'any');

    await vi.waitFor(() => expect(sink.error).toHaveBeenCalled(), PATIENCE);

    expect(sink.error.mock.lastCall?.[0]).toMatchObject({
      message: 'You are not authorized to make this call.',
      remedy: 'credentials',
      errors: [{ errorType: 'UnauthorizedException' }],
    });
  });

  it('is refused at once what another attempt does not help against', async () => {
    const sink = { next: vi.fn(), error: vi.fn() };
    const client = createRealtimeClient({
      url: server.graphqlUrl(),
      authorization: withApiKey(LOCAL_API_KEY),
      webSocket: WebSocket as unknown as WebSocketClass,
    });

    client.subscribe({ query: 'subscription { onNothing { id } }' }, sink);
    await vi.waitFor(() => expect(sink.error).toHaveBeenCalled(), PATIENCE);

    expect(String(sink.error.mock.lastCall?.[0])).toContain('onNothing');
  });

  it('subscribes again by itself when the server was away', async () => {
    const authorization = withApiKey(LOCAL_API_KEY);
    const sink = heard(authorization, 'after');
    await subscribed(sink);

    await server.restart(async () => undefined);
    await subscribed(sink, 2);
    await put(authorization, 'after');

    expect(sink.interrupted).toHaveBeenCalled();
    await vi.waitFor(() => expect(sink.next).toHaveBeenCalledTimes(1), PATIENCE);
    expect(sink.error).not.toHaveBeenCalled();
  });
});
