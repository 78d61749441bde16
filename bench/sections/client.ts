import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import {
  chromiumPath,
  launchChromium,
  NO_CHROMIUM,
} from '../../packages/appsync-local/tests/clients/browser/chromium.ts';
import { type Bytes, bundle, bytesOfClients } from '../client/bundles.ts';
import { headersOfUser, ROOT, startOurs } from '../harness/ours.ts';
import type { Server } from '../harness/server.ts';
import { median, quantile } from '../harness/statistics.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

/** Items of the user, and how many of them the page shows. */
interface Scene {
  items: number;
  /** All, without a number. */
  rows?: number;
}

/** What one change took, in milliseconds. */
interface Shown {
  /** From the frame's arrival in the page to the changed document. */
  render: number;
  /** To the frame that shows it. */
  paint: number;
  /** From sending the put to that, the change feed included. */
  whole: number;
}

interface Measured {
  scene: Scene;
  /** From opening the page to a live view of all items. */
  liveMs: number;
  changes: Shown[];
}

const PLANS: Record<'full' | 'quick', { scenes: Scene[]; changes: number }> = {
  full: {
    scenes: [{ items: 100 }, { items: 1_000, rows: 50 }, { items: 10_000, rows: 50 }, { items: 10_000 }],
    changes: 60,
  },
  quick: { scenes: [{ items: 100 }], changes: 10 },
};
/** Items of one transaction. */
const BATCH = 99;
const NO_BROWSER = `times in a page: ${NO_CHROMIUM}`;

/** The client: what it weighs, and how soon a page shows a change. */
export const client: Section = {
  name: 'client',
  title: 'live-items in a page',
  slow: true,
  async run(context) {
    context.progress('bundling');
    const bytes = await bytesOfClients();
    if (!chromiumPath) {
      return report(bytes, [], [NO_BROWSER]);
    }
    return report(bytes, await measureScenes(context), []);
  },
};

async function measureScenes({ quick, progress }: BenchContext): Promise<Measured[]> {
  const { scenes, changes } = quick ? PLANS.quick : PLANS.full;
  const pages = await servePage();
  const browser = await launchChromium();
  try {
    const measured: Measured[] = [];
    for (const scene of scenes) {
      progress(`${scene.items} items, ${scene.rows ?? 'all'} shown`);
      measured.push(await measureScene(scene, changes, browser, pages));
    }
    return measured;
  } finally {
    await browser.close();
    pages.close();
  }
}

/** Each with a server of its own, whose change feed has nothing else to do. */
async function measureScene(
  scene: Scene,
  changes: number,
  browser: Browser,
  pages: HttpServer,
): Promise<Measured> {
  const server = await startOurs();
  try {
    const user = await headersOfUser(server.url, 'bench');
    await fill(server, user, scene.items);
    await untilPublished(server, user, scene.items);
    const page = await browser.newPage();
    const query = new URLSearchParams({ api: server.url, token: user.authorization });
    if (scene.rows !== undefined) {
      query.set('rows', String(scene.rows));
    }
    await page.goto(`http://localhost:${(pages.address() as AddressInfo).port}/?${query.toString()}`);
    await page.waitForFunction('globalThis.liveAfter !== null', undefined, { timeout: 120_000 });
    const liveMs = await page.evaluate<number>('globalThis.liveAfter');
    const shown: Shown[] = [];
    // The first ones wait for code that has not been run.
    for (let index = -5; index < changes; index += 1) {
      const change = await changeOne(page, server, user, index);
      if (index >= 0) {
        shown.push(change);
      }
    }
    await page.close();
    return { scene, liveMs, changes: shown };
  } finally {
    await server.stop();
  }
}

async function changeOne(page: Page, server: Server, user: object, index: number): Promise<Shown> {
  const payload = JSON.stringify({ change: index });
  await page.evaluate(`globalThis.expectPayload(${JSON.stringify(payload)})`);
  const sentAt = performance.timeOrigin + performance.now();
  await mutate(server, user, 'putItem(input: $input) { id }', 'PutItemInput!', { id: 'item-7', payload });
  const { render, paint, at } = await page.evaluate<{ render: number; paint: number; at: number }>(
    'globalThis.seen',
  );
  return { render, paint, whole: at - sentAt };
}

async function fill(server: Server, user: object, count: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => ({
      id: `item-${from + place}`,
      payload: JSON.stringify({ title: `Item ${from + place}`, done: false, n: from + place }),
    }));
    await mutate(server, user, 'putItems(input: $input) { items { id } }', 'PutItemsInput!', { items });
  }
}

/** Waits until the change feed has published so many items: a page is opened on data that lies there. */
async function untilPublished(server: Server, user: object, count: number): Promise<void> {
  const query = 'query ($since: String) { itemChanges(since: $since, limit: 100) { changes { id } cursor } }';
  let since: string | null = null;
  for (let published = 0; published < count;) {
    const data = await ask(server, user, query, { since });
    const { changes, cursor } = data['itemChanges'] as { changes: unknown[]; cursor: string };
    since = cursor;
    published += changes.length;
    await sleep(changes.length === 100 ? 0 : 200);
  }
}

async function mutate(
  server: Server,
  user: object,
  field: string,
  type: string,
  input: object,
): Promise<void> {
  await ask(server, user, `mutation ($input: ${type}) { ${field} }`, { input });
}

/** @throws for an answer with errors */
async function ask(
  { url }: Server,
  user: object,
  query: string,
  variables: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...user, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, unknown>;
    errors?: { message: string }[];
  };
  if (errors) {
    throw new Error(errors[0]!.message);
  }
  return data;
}

async function servePage(): Promise<HttpServer> {
  const script = await bundle({ entryPoints: [join(ROOT, 'bench/client/page.mjs')] });
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript
        ? script
        : '<!doctype html><div id="root"></div><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

const sceneText = ({ items, rows }: Scene): string =>
  `${items.toLocaleString('en-US')} items, ${rows ?? 'all'} shown`;

function report(bytes: Bytes[], measured: Measured[], skipped: string[]): SectionResult {
  const of = (changes: Shown[], name: keyof Shown): number[] => changes.map((change) => change[name]);
  const sizes = {
    title: 'Bytes of a program for browsers, minified',
    columns: ['', 'minified', 'gzip'],
    rows: bytes.map(({ name, minified, gzipped }) => [name, minified, gzipped]),
    notes: [
      'The example pages also contain the operations, the sign-in and all packages of their client. React is left out.',
    ],
  };
  const times = {
    title: 'Milliseconds until a page shows a change, with React',
    columns: ['', 'live after', 'render p50', 'render p99', 'paint p50', 'put to paint p50', 'p99'],
    rows: measured.map(({ scene, liveMs, changes }) => [
      sceneText(scene),
      liveMs,
      median(of(changes, 'render')),
      quantile(of(changes, 'render'), 0.99),
      median(of(changes, 'paint')),
      median(of(changes, 'whole')),
      quantile(of(changes, 'whole'), 0.99),
    ]),
    notes: [
      '"Render" is the time from the arrival of a change in the page to the changed document, "paint" the time to the frame that shows it, "put to paint" the time of the complete path: put, change feed, subscription, page. "Live after" is the time from opening the page to a live view of all items. Rows are sorted, newest first.',
    ],
  };
  return {
    tables: measured.length > 0 ? [sizes, times] : [sizes],
    targets: [],
    plots: [],
    skipped,
    samples: { bytes, measured },
  };
}
