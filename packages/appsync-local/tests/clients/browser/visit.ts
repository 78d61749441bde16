import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { forget } from './chromium.ts';

/** What is special about who looks. */
export interface Look {
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
}

/** The screen of a small laptop. */
export const LOOK: Look = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' };

export interface Visit {
  page: Page;
  /** The URLs of everything that the page asked for. */
  requests: string[];
  /** Warnings and errors of the browser's log. */
  complaints: string[];
}

/** A page for whoever was never at this origin, for as long as the test runs. */
export async function openVisit(
  browser: BrowserContext,
  origin: string,
  { viewport, colorScheme }: Look,
): Promise<Visit> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await forget(browser, page, origin);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  return { page, requests, complaints };
}
