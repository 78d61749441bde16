import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { assemblyOfExample, listedApis } from '../apps/harness/foreign-app.ts';
import { startServer } from '../harness/port-target.ts';
import { chromiumPath, launchChromium } from './browser/chromium.ts';

const MISSING = 'no Chromium: install it with `apt-get install chromium`, or set CHROMIUM_PATH';
if (!chromiumPath) {
  console.warn(`The console is not tested: ${MISSING}`);
  test.skip(`the console in a browser (${MISSING})`);
}

const EXECUTE = '.graphiql-execute-button';
const RESULT = '.result-window';
const EVENTS = '#events li.event';

interface Visit {
  page: Page;
  origin: string;
  requests: string[];
  complaints: string[];
}

describe.runIf(chromiumPath)('the console', () => {
  /** `CONSOLE_SCREENSHOTS` keeps the pictures for people to look at. */
  const pictures = process.env.CONSOLE_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'console-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    if (!process.env.CONSOLE_SCREENSHOTS) {
      rmSync(pictures, { recursive: true, force: true });
    }
  });

  /** A first visit to a server of its own, and everything the page asked for or complained of. */
  async function visit(...options: string[]): Promise<Visit> {
    const server = await startServer(['--port', '0', '--memory', ...options]);
    onTestFinished(async () => {
      await server.stop();
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    page.on('websocket', (socket) => requests.push(socket.url()));
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(server.origin);
    await page.waitForSelector(EXECUTE);
    return { page, origin: server.origin, requests, complaints };
  }

  const openTab = (page: Page, name: string): Promise<void> =>
    page.locator(`.graphiql-tab-button[title="${name}"]`).click();

  const callAs = (page: Page, mode: string): Promise<unknown> =>
    page.getByLabel('Call as').selectOption({ label: mode });

  it('runs its sample mutation and query as they stand', async () => {
    const { page, complaints } = await visit();

    await openTab(page, 'PutItem');
    await page.click(EXECUTE);
    await page.locator(RESULT, { hasText: '"putItem"' }).waitFor();
    await page.screenshot({ path: join(pictures, 'mutation.png') });
    await openTab(page, 'GetItem');
    await page.click(EXECUTE);
    await page.locator(RESULT, { hasText: '"getItem"' }).waitFor();
    await page.screenshot({ path: join(pictures, 'query.png') });

    expect(await page.locator(RESULT).innerText()).toContain('\\"name\\":\\"sample\\"');
    expect(await page.locator('#status').innerText()).toBe('Connected · API key');
    expect(complaints).toEqual([]);
  });

  it.each(['API key', 'IAM (local keys)', 'Cognito user'])(
    'shows a subscription’s events below while another tab writes, as %s',
    async (mode) => {
      const { page, complaints } = await visit();
      await callAs(page, mode);
      await openTab(page, 'OnItemChange');
      await page.click(EXECUTE);
      await page.locator('#events', { hasText: 'Subscribed.' }).waitFor();

      await openTab(page, 'PutItem');
      await page.click(EXECUTE);
      await page.locator(EVENTS).first().waitFor();
      await page.screenshot({ path: join(pictures, `event-${mode.split(' ')[0]}.png`) });

      expect(await page.locator(EVENTS).count()).toBe(1);
      expect(await page.locator(EVENTS).innerText()).toMatch(/\{"onItemChange":\{"type":/);
      expect(complaints).toEqual([]);
    },
  );

  it('serves any other API, with the modes it has and samples of its own fields', async () => {
    const assembly = await assemblyOfExample('chat');
    const [beta = ''] = await listedApis(assembly);
    const { page, complaints } = await visit('--app', assembly, '--api', beta);

    await openTab(page, 'Say');
    await page.click(EXECUTE);
    await page.locator(RESULT, { hasText: '"say"' }).waitFor();
    await page.screenshot({ path: join(pictures, 'foreign.png') });

    expect(await page.locator(RESULT).innerText()).toContain('"author": "alice"');
    expect(await page.getByLabel('Call as').locator('option').allInnerTexts()).toEqual([
      'Cognito user',
      'IAM (local keys)',
    ]);
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(['Say', 'Rooms', 'Heard']);
    expect(complaints).toEqual([]);
  });

  it('asks nobody but the server for anything', async () => {
    const { page, origin, requests } = await visit();
    await openTab(page, 'OnItemChange');
    await page.click(EXECUTE);
    await page.locator('#events', { hasText: 'Subscribed.' }).waitFor();
    await page.screenshot({ path: join(pictures, 'first.png') });

    const hosts = new Set(requests.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).host));

    expect([...hosts]).toEqual([new URL(origin).host]);
    expect(requests.some((url) => url.startsWith('ws://'))).toBe(true);
    expect(statSync(join(pictures, 'first.png')).size).toBeGreaterThan(10_000);
  });
});
