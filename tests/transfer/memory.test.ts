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

/** The heap of V8 may not grow beyond this: a process that wants more is ended by it. */
const heapOf = (megabytes: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--max-old-space-size=${megabytes}`,
});

test('an import takes no more memory for a file larger than its heap', { timeout: 240_000 }, async () => {
  const { endpoint } = await serve({ waitMs: 100 });
  const file = join(temporaryFolder(), 'items.jsonl');
  const text = 'x'.repeat(16_000);
  const count = (64 * MB) / text.length;
  await pipeline(Readable.from(lines(count, text)), createWriteStream(file));

  const { ended } = startScript('import', [file, '--endpoint', endpoint, '--concurrency', '4'], heapOf(48));
  const { code, stderr } = await ended;

  expect(stderr).toMatch(new RegExp(`^${Math.ceil(count)} created, `, 'm'));
  expect(code).toBe(0);
});

function* lines(count: number, text: string): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    yield `${JSON.stringify({ id: `i${index}`, payload: text })}\n`;
  }
}

test('an export takes no more memory for a table larger than its heap', { timeout: 240_000 }, async () => {
  const { endpoint } = await serve({ pages: 144 });
  const file = join(temporaryFolder(), 'items.json');

  const { ended } = startScript('export', [file, '--endpoint', endpoint], heapOf(48));
  const { code, stderr } = await ended;

  expect(stderr).toMatch(/^36864 items exported/m);
  expect(code).toBe(0);
  expect(statSync(file).size).toBeGreaterThan(135 * MB);
});
