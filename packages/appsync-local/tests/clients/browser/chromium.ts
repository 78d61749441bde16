import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** First the shell without windows: it has the same engine and takes half the processor time (measured 2026-12-01). */
const PLACES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

/** Quiet: no sandbox as root in a container, and no calls home that would show up as requests. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `CHROMIUM_PATH`, or where Linux distributions put it; undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((path) => existsSync(path));

/** Why a test is skipped, and what to do. */
export const NO_CHROMIUM =
  'no Chromium: install it with `apt-get install chromium-headless-shell`, or set CHROMIUM_PATH';

/** @param more switches, such as `--host-resolver-rules=…` */
export const launchChromium = (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: [...ARGUMENTS, ...more] });

/**
 * A browser with one profile for all its pages, which keeps what V8 has made of a page's code for the next visit: a visit of the console
 * takes 1.3 s of processor time instead of 2.0 (measured 2026-11-30).
 *
 * @param folder of the profile
 */
export const launchWithProfile = (folder: string, options: BrowserContextOptions): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { executablePath: chromiumPath, args: ARGUMENTS, ...options });

/** What pages of an origin have stored, gone; the profile's cache stays. */
export async function forget(context: BrowserContext, page: Page, origin: string): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: STORED });
  await session.detach();
}

const STORED = 'cookies,indexeddb,local_storage,service_workers';
