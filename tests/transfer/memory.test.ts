import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import { boundless, type BoundlessOptions, type Boundless } from './harness/boundless.ts';
import { startScript } from './harness/command.ts';
import { temporaryFolder } from './harness/tables.ts';

const MB = 1024 * 1024;

async function serve(options: BoundlessOptions): Promise<Boundless> {
  const server = await boundless(options);
  onTestFinished(() => server.close());
  return server;
}

/**
 * What a transfer of any size takes at most (docs/transfer.md). Node.js 24 and 26 with the SDK take 10 MB more than 20 before any item is read,
 * and exports on a machine with other work reached 134 MB there (measured 2026-11-30).
 */
const MOST_MB = Number(process.versions.node.split('.')[0]) < 24 ? 128 : 140;

/** Makes a process say its largest resident set, which Node.js counts in KiB, as its last line of standard error. */
const SAYS_PEAK = 'process.on("exit",()=>console.error(`peak ${process.resourceUsage().maxRSS}`))';
const tellingPeak: NodeJS.ProcessEnv = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SAYS_PEAK)}`,
};

const peakMb = (stderr: string): number => (Number(/^peak (\d+)$/m.exec(stderr)![1]) * 1024) / 1e6;

test(`an import of 64 MB takes no more than ${MOST_MB}`, { timeout: 240_000 }, async () => {
  const { endpoint } = await serve({ waitMs: 100 });
  const file = join(temporaryFolder(), 'items.jsonl');
  const text = 'x'.repeat(16_000);
  const count = (64 * MB) / text.length;
  await pipeline(Readable.from(lines(count, text)), createWriteStream(file));

  const { ended } = startScript('import', [file, '--endpoint', endpoint], tellingPeak);
  const { code, stderr } = await ended;

  expect(stderr).toMatch(new RegExp(`^${Math.ceil(count)} created, `, 'm'));
  expect(code).toBe(0);
  expect(peakMb(stderr)).toBeLessThanOrEqual(MOST_MB);
});

function* lines(count: number, text: string): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    yield `${JSON.stringify({ id: `i${index}`, payload: text })}\n`;
  }
}

test(`an export of 144 MB takes no more than ${MOST_MB}`, { timeout: 240_000 }, async () => {
  const { endpoint } = await serve({ pages: 144 });
  const file = join(temporaryFolder(), 'items.json');

  const { ended } = startScript('export', [file, '--endpoint', endpoint], tellingPeak);
  const { code, stderr } = await ended;

  expect(stderr).toMatch(/^36864 items exported/m);
  expect(code).toBe(0);
  expect(statSync(file).size).toBeGreaterThan(135 * MB);
  expect(peakMb(stderr)).toBeLessThanOrEqual(MOST_MB);
});
