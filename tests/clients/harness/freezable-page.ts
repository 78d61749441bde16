import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import WebSocket from 'ws';
import { chromiumPath } from '../../../packages/appsync-local/tests/clients/browser/chromium.ts';

/** A page that can be frozen, in a browser of its own. */
export interface FreezablePage {
  /** @param expression may be a promise; its value is JSON */
  evaluate<Value>(expression: string): Promise<Value>;
  setFrozen(isFrozen: boolean): Promise<void>;
  /** Ends its browser. */
  close(): Promise<void>;
}

interface Reply {
  id?: number;
  result?: object;
  error?: { message: string };
}

/**
 * Opens a page by the Chrome DevTools Protocol alone: Playwright emulates focus, and a page with focus cannot be frozen.
 */
export async function freezablePage(url: string): Promise<FreezablePage> {
  const profile = mkdtempSync(join(tmpdir(), 'freezable-'));
  const browser = spawn(
    chromiumPath!,
    ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'].concat(
      `--user-data-dir=${profile}`,
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

  const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url });
  const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const page: FreezablePage = {
    async evaluate<Value>(expression: string) {
      const { result, exceptionDetails } = await send<{
        result: { value: Value };
        exceptionDetails?: { exception?: { description?: string } };
      }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? 'an exception in the page');
      }
      return result.value;
    },
    async setFrozen(isFrozen) {
      await send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' }, sessionId);
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
  await vi.waitFor(async () => expect(await page.evaluate(LOADED)).toBe(true), { timeout: 30_000 });
  return page;
}

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
