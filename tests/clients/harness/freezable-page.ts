import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import WebSocket from 'ws';
import { chromiumPath } from '../../../packages/appsync-local/tests/clients/browser/chromium.ts';

/** A page that can be frozen. */
export interface FreezablePage {
  /** @param expression may be a promise; its value is JSON */
  evaluate<Value>(expression: string): Promise<Value>;
  setFrozen(isFrozen: boolean): Promise<void>;
}

export interface FreezableBrowser {
  /** Resolves when the page has loaded. */
  open(url: string): Promise<FreezablePage>;
  close(): Promise<void>;
}

interface Reply {
  id?: number;
  result?: object;
  error?: { message: string };
}

/** A page in a browser of its own, which ends with it. */
export async function freezablePage(url: string): Promise<FreezablePage & Pick<FreezableBrowser, 'close'>> {
  const browser = await freezableBrowser();
  return { ...(await browser.open(url)), close: () => browser.close() };
}

/**
 * A browser that is driven by the Chrome DevTools Protocol alone: Playwright emulates focus, and a page with focus cannot be frozen.
 * @param flags more options of Chromium
 */
export async function freezableBrowser(...flags: string[]): Promise<FreezableBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'freezable-'));
  const browser = spawn(
    chromiumPath!,
    ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'].concat(
      `--user-data-dir=${profile}`,
      ...flags,
      'about:blank',
    ),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const socket = new WebSocket(await debuggerUrl(browser.stderr));
  await once(socket, 'open');
  const replies = new Map<number, (reply: Reply) => void>();
  socket.on('message', (data) => {
    const reply = JSON.parse(String(data)) as Reply;
    replies.get(reply.id ?? 0)?.(reply);
  });
  let lastId = 0;
  const send = <Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      replies.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as Result),
      );
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });

  return {
    async open(url) {
      // In a window of its own: the pages behind others in one window are hidden.
      const target = { url, newWindow: true };
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', target);
      const attached = { targetId, flatten: true };
      const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', attached);
      const page = pageOf((method, params) => send(method, params, sessionId));
      await vi.waitFor(async () => expect(await page.evaluate(LOADED)).toBe(true), { timeout: 30_000 });
      return page;
    },
    async close() {
      // In order, since processes of a killed browser go on writing to the profile.
      const ended = once(browser, 'exit');
      void send('Browser.close').catch(() => undefined);
      const hanging = setTimeout(() => browser.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(hanging);
      rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

interface Evaluated {
  result: { value: unknown };
  exceptionDetails?: { exception?: { description?: string } };
}

const pageOf = (send: <Result>(method: string, params: object) => Promise<Result>): FreezablePage => ({
  async evaluate<Value>(expression: string) {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await send<Evaluated>('Runtime.evaluate', asked);
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? 'an exception in the page');
    }
    return result.value as Value;
  },
  async setFrozen(isFrozen) {
    await send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' });
  },
});

const LOADED = `location.href !== 'about:blank' && document.readyState === 'complete'`;

function debuggerUrl(output: NodeJS.ReadableStream): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    output.on('data', (chunk) => {
      printed += String(chunk);
      const url = /ws:\/\/\S+/.exec(printed)?.[0];
      if (url) {
        resolve(url);
      }
    });
    output.on('end', () => reject(new Error(`Chromium said nothing of a debugger: ${printed}`)));
  });
}
