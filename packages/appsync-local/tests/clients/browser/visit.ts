import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

export interface Visit {
  page: Page;
  /** The URLs of everything that the page asked for. */
  requests: string[];
  /** Warnings and errors of the browser's log. */
  complaints: string[];
}

/** A page in a profile of its own, as big as a small laptop's screen, for as long as the test runs. */
export async function openVisit(browser: Browser, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
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
  return { page, requests, complaints };
}
