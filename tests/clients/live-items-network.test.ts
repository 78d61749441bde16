import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import WebSocket from 'ws';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import {
  chromiumPath,
  launchChromium,
  NO_CHROMIUM,
} from '../../packages/appsync-local/tests/clients/browser/chromium.ts';
import { serverForClients } from '../../packages/appsync-local/tests/clients/harness/server.ts';
import {
  createLiveItems,
  graphqlRequest,
  itemChanges,
  type LiveItems,
  type LiveItemsOptions,
  type LiveItemsStatus,
  type WebSocketClass,
  withApiKey,
  withToken,
} from '../../packages/live-items/src/index.ts';
import { type BlackProxy, blackProxy } from './harness/black-proxy.ts';
import { freezablePage } from './harness/freezable-page.ts';

/*
 * A view that never lies, over real sockets: networks that go black, tokens that expire, pages that are frozen.
 */

const server = serverForClients();
const key = withApiKey(LOCAL_API_KEY);
const backOff = { baseMs: 50, capMs: 500 };
/** Only to end what hangs. */
const PATIENCE = { timeout: 60_000, interval: 20 };

/** What the tests leave behind: they run at the same time, because most of what they do is wait. */
const ending: (() => unknown)[] = [];
afterAll(() => Promise.all(ending.map((end) => end())));

/** Puts an item, and waits until the log has it. */
async function put(id: string, authorization = key): Promise<void> {
  const options = { url: server.graphqlUrl(), authorization };
  const query = 'mutation ($id: ID!) { putItem(input: { id: $id, payload: "1" }) { id } }';
  await graphqlRequest(options, { query, variables: { id } });
  for await (const { changes } of itemChanges({ ...options, since: 'PT5M', pollMs: 20 })) {
    if (changes.some((change) => change.id === id)) {
      return;
    }
  }
}

async function darkProxy(): Promise<BlackProxy> {
  const proxy = await blackProxy(server.origin());
  ending.push(proxy.close);
  return proxy;
}

/** A status of a view, and what it showed then. */
interface Seen {
  status: LiveItemsStatus;
  why: string | undefined;
  ids: string[];
}

/** A view, with each status it had and how many items it showed then. */
function watched(options: Partial<LiveItemsOptions>) {
  const seen: Seen[] = [];
  const live: LiveItems = createLiveItems({
    url: server.graphqlUrl(),
    authorization: key,
    webSocket: WebSocket as unknown as WebSocketClass,
    backOff,
    silenceMs: 500,
    onStatus: (status, reason) => seen.push({ status, why: reason?.message, ids: [...live.items.keys()] }),
    ...options,
  });
  ending.push(() => live.stop());
  return { live, seen };
}

const until = (what: () => void | Promise<void>): Promise<void> => vi.waitFor(what, PATIENCE);
const becomes = (live: LiveItems, status: LiveItemsStatus): Promise<void> =>
  until(() => expect(live.status).toBe(status));

describe.concurrent('behind a network that goes black', () => {
  it('a view ceases to be live, and is live again with what it missed', async () => {
    const proxy = await darkProxy();
    // A connection that Node.js keeps for its next request would be black, too, and be given up after 8 seconds.
    const dispatcher = new Agent({ keepAliveTimeout: 1, keepAliveMaxTimeout: 1 });
    const { live, seen } = watched({
      url: `${proxy.origin}/graphql`,
      fetch: (url, init) => undiciFetch(url, { ...init, dispatcher }),
    });
    await becomes(live, 'live');

    proxy.goBlack(true);
    await put('in the dark');
    await becomes(live, 'reconnecting');
    const dark = seen.at(-1);
    proxy.goBlack(false);
    void live.refresh();
    await becomes(live, 'live');

    expect(dark?.why).toMatch(/^the API did not answer within \d+ ms$|^no connection_ack/);
    expect(live.items.has('in the dark')).toBe(true);
  });

  it('a view whose socket alone is dead finds what it was not told', async () => {
    const proxy = await darkProxy();
    const { live } = watched({ url: `${proxy.origin}/graphql` });
    await becomes(live, 'live');

    proxy.blackenSockets();
    await put('untold');
    await until(() => expect(live.items.has('untold')).toBe(true));
    await live.refresh();
    await put('told');

    await until(() => expect(live.items.has('told')).toBe(true));
  });

  it('a refresh says what failed', async () => {
    const proxy = await darkProxy();
    const { live } = watched({ url: `${proxy.origin}/graphql` });
    await becomes(live, 'live');
    const { port } = new URL(proxy.origin);
    const refused = watched({ url: `http://localhost:${port}/nowhere` });

    await expect(refused.live.refresh()).rejects.toThrow();
    await expect(live.refresh()).resolves.toBeUndefined();
  });
});

it.concurrent('a view outlives its tokens: reads, and a subscription that is registered anew', async () => {
  const tokens = new Set<string>();
  let last: { token: string; endsAt: number } | null = null;
  const authorization = withToken(async ({ forceRefresh }) => {
    if (!last || forceRefresh) {
      const response = await fetch(`${server.origin()}/_local/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user: 'carla', expiresInSeconds: 2 }),
      });
      const { token } = (await response.json()) as { token: string };
      last = { token, endsAt: Date.now() + 2_000 };
      tokens.add(token);
    }
    return last.token;
  });
  const { live, seen } = watched({ authorization, silenceMs: 20_000 });
  await becomes(live, 'live');

  await until(() => expect(tokens.size).toBeGreaterThan(2));
  await put('written with a new token', authorization);

  await until(() => expect(live.items.has('written with a new token')).toBe(true));
  expect(seen.map(({ status }) => status)).toEqual(['live']);
});

if (!chromiumPath) {
  test.skip(`a view in a page (${NO_CHROMIUM})`);
}

describe.runIf(chromiumPath).concurrent('in a page of a browser', () => {
  let browser: Browser;
  let pageOrigin: string;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../../packages/live-items/src/index.ts', import.meta.url))],
      bundle: true,
      format: 'iife',
      globalName: 'liveItems',
      write: false,
    });
    const web = createServer((request, response) => {
      const isScript = request.url === '/live-items.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript
          ? outputFiles[0]!.text
          : '<!doctype html><title>a view</title><script src="live-items.js"></script>',
      );
    });
    web.listen(0, 'localhost');
    await once(web, 'listening');
    afterAll(() => void web.close());
    pageOrigin = `http://localhost:${(web.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** What a page runs to have a view, live. */
  const program = (origin: string): string => `(async () => {
    const { createLiveItems, withApiKey } = liveItems;
    globalThis.seen = [];
    globalThis.live = createLiveItems({
      url: '${origin}/graphql',
      authorization: withApiKey('${LOCAL_API_KEY}'),
      backOff: { baseMs: 50, capMs: 500 },
      onStatus: (status, reason) => seen.push({ status, why: reason?.message, ids: [...live.items.keys()] }),
    });
    await live.refresh();
  })()`;

  it('that is frozen a view says so, and is live again only with what it missed', async () => {
    const proxy = await darkProxy();
    const page = await freezablePage(pageOrigin);
    ending.push(page.close);
    await page.evaluate(program(proxy.origin));

    await page.setFrozen(true);
    proxy.blackenSockets();
    await put('while frozen');
    await page.setFrozen(false);
    await until(async () => expect(await page.evaluate('live.status')).toBe('live'));

    const [first, frozen, ...later] = await page.evaluate<Seen[]>('seen');
    expect(first?.status).toBe('live');
    expect(frozen).toMatchObject({ status: 'reconnecting', why: 'the page is frozen' });
    expect(later.map(({ status }) => status).indexOf('live')).toBe(later.length - 1);
    expect(later.at(-1)?.ids).toContain('while frozen');
  });

  it('whose network is cut a view says so at once, and returns with it', async () => {
    const page = await browser.newPage();
    ending.push(() => page.close());
    await page.goto(pageOrigin);
    await page.evaluate(program(server.origin()));
    const reaches = (status: LiveItemsStatus): Promise<unknown> =>
      page.waitForFunction(`live.status === '${status}'`);

    await page.context().setOffline(true);
    await reaches('reconnecting');
    await put('while offline');
    const dark = await page.evaluate<Seen[]>('seen');
    await page.context().setOffline(false);
    await reaches('live');

    expect(dark[1]).toMatchObject({ status: 'reconnecting', why: 'the browser says that it is offline' });
    expect((await page.evaluate<Seen[]>('seen')).at(-1)?.ids).toContain('while offline');
  });
});
