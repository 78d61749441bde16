import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import {
  chromiumPath,
  launchChromium,
  NO_CHROMIUM,
} from '../../packages/appsync-local/tests/clients/browser/chromium.ts';
import { serverForClients } from '../../packages/appsync-local/tests/clients/harness/server.ts';
import { freezableBrowser, type FreezablePage } from './harness/freezable-page.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const NAMES = ['fetch', 'live-items', 'urql', 'apollo', 'amplify'] as const;

if (!chromiumPath) {
  console.warn(`The examples of front ends are not tested: ${NO_CHROMIUM}`);
  test.skip(`the examples in a browser (${NO_CHROMIUM})`);
}

/** All pages at once. */
async function bundles(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: NAMES.map((name) => ({ in: `${EXAMPLES}/web-${name}/main.ts`, out: name })),
    outdir: '/',
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['@live-items/source'],
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port)),
  );

/** The network between the pages and the server. */
function network(port: () => string) {
  const sockets = new Set<Socket>();
  let isDown = false;
  const server = createServer((near) => {
    if (isDown) {
      near.destroy();
      return;
    }
    const far = connect(Number(port()), 'localhost');
    [near, far].forEach((socket, index, both) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        both[1 - index]!.destroy();
      });
    });
    near.pipe(far).pipe(near);
  });
  return {
    server,
    cut(): void {
      isDown = true;
      sockets.forEach((socket) => socket.destroy());
    },
    mend: () => void (isDown = false),
  };
}

/** By the token endpoint, or Amplify's way. */
function isRefresh(request: Request): boolean {
  const { 'x-amz-target': target = '' } = request.headers();
  return /GetTokensFromRefreshToken$/.test(target) || /refresh_token=/.test(request.postData() ?? '');
}

/** Breaks the signature of the token in the page's storage, which has an hour left. */
const SPOIL_TOKEN = `
  globalThis.spoiled = false;
  for (const [name, value] of Object.entries(localStorage)) {
    const broken = (token) => token.slice(0, -8) + (token.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA');
    if (/^oidc.user:/.test(name)) {
      const user = JSON.parse(value);
      localStorage.setItem(name, JSON.stringify({ ...user, access_token: broken(user.access_token) }));
      spoiled = true;
    } else if (/accessToken$/.test(name)) {
      localStorage.setItem(name, broken(value));
      spoiled = true;
    }
  }`;

/** How the page stands; signs in where it is asked to. Pages of one browser have one session, but for Amplify's. */
const STATUS = `(() => {
  const user = document.querySelector('input[name=user]');
  if (user && !user.value) {
    user.value = 'sleeper';
    user.form.querySelector('button').click();
  }
  return document.getElementById('status')?.textContent;
})()`;
const NOTE_FREEZE = `document.addEventListener('freeze', () => (globalThis.wasFrozen = true))`;
const ITEMS = `document.getElementById('items').textContent`;
/** Only to end what hangs. */
const PATIENCE = { timeout: 60_000, interval: 50 };

describe.runIf(chromiumPath)('the examples of front ends', () => {
  const api = serverForClients();
  const wires = network(() => new URL(api.origin()).port);
  let files: Map<string, string>;
  const pagesServer = createHttpServer(({ url = '' }, response) => {
    const [, name = '', file = ''] = /^\/web-([a-z-]+)\/([a-z.]*)/.exec(url) ?? [];
    const script = file === 'main.ts' && files.get(`/${name}.js`);
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script || (name && readFileSync(`${EXAMPLES}/web-${name}/index.html`)));
  });
  let browser: Browser;
  const pages = new Map<string, Page>();
  const complaints: string[] = [];
  const refreshes = new Map<string, number>();
  let addressOf: (name: string) => string;

  async function open(name: string): Promise<void> {
    // Each signs in by itself: what one keeps, no other has.
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    page.on('pageerror', ({ message }) => complaints.push(`${name}: ${message}`));
    page.on('response', (response) => {
      if (isRefresh(response.request()) && response.ok()) {
        refreshes.set(name, (refreshes.get(name) ?? 0) + 1);
      }
    });
    pages.set(name, page);
    await page.goto(addressOf(name));
    await signIn(page, name, 3);
  }

  /** On the sign-in page of the local server. @param seconds that tokens are good for */
  async function signIn(page: Page, user: string, seconds: number): Promise<void> {
    await page.fill('input[name=user]', user);
    await page.fill('input[name=seconds]', String(seconds));
    await page.click('button:has-text("Sign in")');
  }

  beforeAll(async () => {
    files = await bundles();
    const origin = `http://localhost:${await listening(pagesServer)}`;
    const url = `http://localhost:${await listening(wires.server)}/graphql`;
    addressOf = (name) => `${origin}/web-${name}/?api=${encodeURIComponent(url)}`;
    // Amplify dials wss:// to the certificate of the local server.
    browser = await launchChromium('--ignore-certificate-errors');
    await Promise.all(NAMES.map(open));
  });

  afterAll(async () => {
    await browser?.close();
    pagesServer.close();
    wires.cut();
    wires.server.close();
  });

  async function shows(name: string, id: string, text: string): Promise<void> {
    const page = pages.get(name)!;
    const found = page.locator(`#${id}`, { hasText: text }).waitFor();
    await found.catch(async () => {
      throw new Error(`${name} does not show "${text}" in #${id}:\n${await page.innerText('body')}`);
    });
  }

  async function press(name: string, button: 'put' | 'create', value: string): Promise<void> {
    await pages.get(name)!.fill('#name', value);
    await pages.get(name)!.click(`#${button}`);
  }

  /** Somebody else writes, as the same user. */
  async function put(user: string, id: string): Promise<void> {
    const response = await fetch(api.graphqlUrl(), {
      method: 'POST',
      headers: { authorization: await api.token(user) },
      body: JSON.stringify({ query: `mutation { putItem(input: { id: "${user}-${id}" }) { id } }` }),
    });
    expect(await response.json()).toMatchObject({ data: { putItem: { id: `${user}-${id}` } } });
  }

  it.each(NAMES)('%s knows who has signed in, and keeps no code in its address', async (name) => {
    await shows(name, 'user', name);

    expect(new URL(pages.get(name)!.url()).search).toBe('');
  });

  it.each(NAMES)('%s puts, hears of it, and shows what is in the way of a conflict', async (name) => {
    await shows(name, 'status', 'live');
    await press(name, 'put', `Pen of ${name}`);
    await shows(name, 'items', `Pen of ${name}`);

    await press(name, 'create', 'Another pen');
    await shows(name, 'problem', `There is version 1 already: Pen of ${name}`);
    await press(name, 'put', '');
    await shows(name, 'problem', '/name ');

    expect(complaints).toEqual([]);
  });

  it('all show what was written while the network was cut', async () => {
    wires.cut();
    await Promise.all(NAMES.map((name) => shows(name, 'status', 'interrupted')));
    await Promise.all(NAMES.map((name) => put(name, 'while-cut')));
    wires.mend();

    await Promise.all(NAMES.map((name) => shows(name, 'items', `${name}-while-cut`)));
  });

  it('all go on after the server was killed, with a token for the one that has ended', async () => {
    const before = new Map(refreshes);
    await api.restart(async () => undefined, 'SIGKILL');
    await Promise.all(NAMES.map((name) => shows(name, 'status', 'live')));
    await Promise.all(NAMES.map((name) => put(name, 'after-restart')));

    await Promise.all(NAMES.map((name) => shows(name, 'items', `${name}-after-restart`)));
    for (const name of NAMES) {
      await press(name, 'put', `Later pen of ${name}`);
    }
    await Promise.all(NAMES.map((name) => shows(name, 'items', `Later pen of ${name}`)));
    expect(NAMES.filter((name) => (refreshes.get(name) ?? 0) <= (before.get(name) ?? 0))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(NAMES)('%s signs out, and asks who signs in next', async (name) => {
    const page = pages.get(name)!;
    await page.click('#sign-out');
    await signIn(page, `${name}-next`, 3600);

    await shows(name, 'user', `${name}-next`);
    expect(await page.innerText('#items')).toBe('');
  });

  it.each(NAMES)('%s has a new token for one that is refused though it has not ended', async (name) => {
    const page = pages.get(name)!;
    // Somebody changed the keys, or the clock is wrong: the page thinks that its token is good.
    await page.evaluate(SPOIL_TOKEN);
    await press(name, 'put', `Pen of ${name} with a new token`);

    await shows(name, 'items', `Pen of ${name} with a new token`);
    expect(await page.evaluate('spoiled')).toBe(true);
  });

  it('all show what was written while the page was frozen and its connections broke', async () => {
    const freezable = await freezableBrowser('--ignore-certificate-errors');
    onTestFinished(() => freezable.close());
    const frozen: FreezablePage[] = [];
    for (const name of NAMES) {
      const page = await freezable.open(addressOf(name));
      frozen.push(page);
      await vi.waitUntil(async () => (await page.evaluate(STATUS).catch(() => '')) === 'live', PATIENCE);
    }

    await Promise.all(frozen.map((page) => page.evaluate(NOTE_FREEZE)));
    await Promise.all(frozen.map((page) => page.setFrozen(true)));
    wires.cut();
    await put('sleeper', 'while-frozen');
    wires.mend();
    await Promise.all(frozen.map((page) => page.setFrozen(false)));

    for (const page of frozen) {
      await vi.waitFor(
        async () => expect(await page.evaluate(ITEMS)).toBe('sleeper-while-frozen: null'),
        PATIENCE,
      );
      expect(await page.evaluate('wasFrozen')).toBe(true);
    }
  });
});
