import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

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

/** @param more switches, such as `--host-resolver-rules=…` */
export const launchChromium = (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: [...ARGUMENTS, ...more] });
