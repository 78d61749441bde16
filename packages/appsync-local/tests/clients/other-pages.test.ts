import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { type ServerProcess, startServer } from '../harness/port-target.ts';
import { signedHeaders } from '../harness/sign.ts';
import { commandOf, descendantsOf } from '../server/harness/processes.ts';
import { chromiumPath, launchChromium, NO_CHROMIUM } from './browser/chromium.ts';
import { EVENTS, runTab, subscribe, SUBSCRIBERS } from './browser/console-page.ts';

if (!chromiumPath) {
  test.skip(`pages of other sites in a browser (${NO_CHROMIUM})`);
}

const QUERY = JSON.stringify({ query: '{ getItem(id: "diary") { payload } }' });
const SUBSCRIPTION = JSON.stringify({ query: 'subscription { onPutItem { id } }', variables: {} });

const outside = Object.values(networkInterfaces())
  .flatMap((infos = []) => infos)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** What a page learned by each way in: an answer's text, a frame's type, or that it was kept out. */
type Learned = Record<string, string>;

describe.runIf(chromiumPath)('a page in a browser', () => {
  let browser: Browser;
  let webPort: number;

  beforeAll(async () => {
    browser = await launchChromium('--host-resolver-rules=MAP *.example 127.0.0.1');
    const web = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>a page</title>');
    });
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    webPort = (web.address() as AddressInfo).port;
    afterAll(() => void web.close());
  });

  afterAll(() => browser.close());

  async function serve(...options: string[]): Promise<ServerProcess> {
    const server = await startServer(['--port', '0', '--memory', ...options]);
    onTestFinished(async () => void (await server.stop()));
    return server;
  }

  async function open(url: string): Promise<Page> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  /** Where the engine behind that itself listens, which nobody is told. */
  function engineUrlOf(server: ServerProcess): string {
    const command = descendantsOf(server.process.pid!)
      .map(commandOf)
      .find((line) => line.includes('--db-path'));
    const [, host, port] = / --host (\S+) --port (\d+) /.exec(command ?? '') ?? [];
    return `http://${host}:${port}/`;
  }

  const dynamoDbUrlOf = ({ output }: ServerProcess): string => /^DynamoDB URL +(\S+)/m.exec(output)![1]!;

  /** Everything a hostile page can try, with the credentials that everybody knows. */
  async function attack(page: Page, server: ServerProcess, origin = server.origin): Promise<Learned> {
    const url = new URL(origin);
    const sign = (path: string, body: string): Promise<Record<string, string>> =>
      signedHeaders(new URL(path, origin), body, LOCAL_CREDENTIALS);
    const authorization = await sign('/graphql/connect', '{}');
    return page.evaluate(
      async ({ origin, query, signed, connect, start, subscription, dynamoDb, engine }) => {
        const get = (url: string, init?: RequestInit): Promise<string> =>
          fetch(url, init).then(
            (response) => response.text(),
            () => 'kept out',
          );
        const post = (url: string, headers: Record<string, string>, body: string): Promise<string> =>
          get(url, { method: 'POST', headers, body });
        const json = { 'content-type': 'application/json' };
        const frames = (url: string): Promise<string> =>
          new Promise((resolve) => {
            const header = btoa(JSON.stringify(connect))
              .replace(/\+/g, '-')
              .replace(/\//g, '_')
              .replace(/=/g, '');
            const socket = new WebSocket(url, ['graphql-ws', `header-${header}`]);
            socket.onopen = () => socket.send('{"type":"connection_init"}');
            socket.onerror = () => resolve('kept out');
            socket.onmessage = ({ data }) => {
              const { type } = JSON.parse(String(data)) as { type: string };
              const payload = { data: subscription, extensions: { authorization: start } };
              if (type === 'connection_ack') {
                socket.send(JSON.stringify({ id: '1', type: 'start', payload }));
              }
              if (type === 'start_ack' || type.includes('error')) {
                resolve(type);
              }
            };
          });
        return {
          query: await post(`${origin}/graphql`, { ...json, ...signed }, query),
          simple: await post(`${origin}/graphql`, { 'content-type': 'text/plain' }, query),
          token: await post(`${origin}/_local/token`, json, '{"user":"a","groups":["admins"]}'),
          code: await post(`${origin}/v1/dataplane-evaluatecode`, json, '{}'),
          settings: await get(`${origin}/_local/console.json`),
          socket: await frames(`${origin.replace('http', 'ws')}/graphql/realtime`),
          tables: await post(
            dynamoDb,
            {
              'content-type': 'application/x-amz-json-1.0',
              'x-amz-target': 'DynamoDB_20120810.ListTables',
              'x-amz-date': '20260101T000000Z',
              authorization:
                'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
            },
            '{}',
          ),
          // Were it reachable, this would succeed, with an answer that the page may not read.
          engine: await get(engine, { mode: 'no-cors' }),
        };
      },
      {
        origin,
        query: QUERY,
        signed: await sign('/graphql', QUERY),
        connect: { host: url.host, ...authorization },
        start: { host: url.host, ...(await sign('/graphql', SUBSCRIPTION)) },
        subscription: SUBSCRIPTION,
        dynamoDb: dynamoDbUrlOf(server),
        engine: engineUrlOf(server),
      },
    );
  }

  const everyWay = (outcome: string): Learned =>
    Object.fromEntries(
      ['query', 'simple', 'token', 'code', 'settings', 'socket', 'tables', 'engine'].map((way) => [
        way,
        outcome,
      ]),
    );

  it('of another site is kept out, whatever it tries', async () => {
    const server = await serve();
    const page = await open(`http://evil.example:${webPort}/`);

    expect(await attack(page, server)).toEqual(everyWay('kept out'));
    expect(await statusFor(engineUrlOf(server))).toBe(200);
  });

  it('of a name that its owner points at this machine (DNS rebinding) learns nothing', async () => {
    const server = await serve();
    const { port } = new URL(server.origin);
    const page = await open(`http://rebound.example:${port}/`);

    const learned = await attack(page, server, `http://rebound.example:${port}`);

    const refused = `This server is not known as \\"rebound.example:${port}\\"`;
    for (const way of ['query', 'simple', 'token', 'settings']) {
      expect(learned[way]).toContain(refused);
    }
    expect(learned.code).toContain('AccessDeniedException');
    const { socket, tables, engine } = learned;
    expect({ socket, tables, engine }).toEqual({
      socket: 'kept out',
      tables: 'kept out',
      engine: 'kept out',
    });
  });

  it('of localhost may call the API, subscribe and ask for tokens, but not look into DynamoDB', async () => {
    const server = await serve();
    const page = await open(`http://localhost:${webPort}/`);

    const learned = await attack(page, server);

    expect(JSON.parse(learned.query!)).toEqual({ data: { getItem: null } });
    expect(learned.token).toMatch(/^{"token":"/);
    expect(learned.socket).toBe('start_ack');
    expect(learned.tables).toBe('kept out');
  });

  it('that was allowed may do the same, and look into DynamoDB', async () => {
    const origin = `http://friend.example:${webPort}`;
    const server = await serve('--allow-origin', origin);
    const page = await open(origin);

    const learned = await attack(page, server);

    expect(JSON.parse(learned.query!)).toEqual({ data: { getItem: null } });
    expect(learned.socket).toBe('start_ack');
    expect(JSON.parse(learned.tables!)).toHaveProperty('TableNames');
    expect(learned.engine).toBe('kept out');
  });

  it('that is the console works over https', async () => {
    const server = await serve();
    const page = await open(server.origin.replace('http:', 'https:'));

    await expectConsole(page, 'IAM (local keys)');
  });

  it.runIf(outside)('that is the console of another machine works with the key its user pastes', async () => {
    const server = await serve('--host', '0.0.0.0');
    const { port } = new URL(server.origin);
    const page = await open(`http://${outside}:${port}/`);

    await page.locator('#status', { hasText: 'Paste the key that the server has printed' }).waitFor();
    await page.locator('.graphiql-tab-button').first().waitFor();
    await page.getByRole('textbox', { name: 'Key' }).fill(/^API key +(\S+)/m.exec(server.output)![1]!);
    await page.getByRole('textbox', { name: 'Key' }).press('Enter');

    await expectConsole(page, 'API key');
  });
});

/** What a program is answered. */
async function statusFor(url: string): Promise<number | undefined> {
  const [answer] = (await once(get(url), 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

/** It runs its sample mutation, and a subscription hears of it where the caller may have one. */
async function expectConsole(page: Page, mode: string): Promise<void> {
  const subscribes = SUBSCRIBERS.includes(mode);
  if (subscribes) {
    await subscribe(page, mode);
  }
  await runTab(page, 'putItem');
  await page.locator('.result-window', { hasText: '"putItem"' }).waitFor();
  if (subscribes) {
    await page.locator(EVENTS).first().waitFor();
  }
}
