import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { boundless, type Boundless, type BoundlessOptions } from './harness/boundless.ts';
import { type Ended, runScript, type Running, startScript } from './harness/command.ts';
import { temporaryFolder } from './harness/tables.ts';

async function serve(options: BoundlessOptions): Promise<Boundless> {
  const server = await boundless(options);
  onTestFinished(() => server.close());
  return server;
}

/** A file of items that takes some seconds to be written, and the arguments to import it. */
function fileOf(count: number): string {
  const file = join(temporaryFolder(), 'items.jsonl');
  writeFileSync(
    file,
    Array.from({ length: count }, (_, index) => `{"id":"i${index}","payload":${index}}\n`).join(''),
  );
  return file;
}

/** What Ctrl-C does, once there is something to be stopped. */
async function stopWhen({ process: child, ended }: Running, begun: () => boolean): Promise<Ended> {
  await vi.waitFor(() => expect(begun()).toBe(true), { timeout: 60_000, interval: 5 });
  child.kill('SIGINT');
  return ended;
}

test('Ctrl-C ends an import after the calls under way, and the same command does the rest', async () => {
  const server = await serve({ waitMs: 100 });
  const file = fileOf(2000);
  const options = [file, '--endpoint', server.endpoint, '--concurrency', '2'];

  const stopped = await stopWhen(startScript('import', options), () => server.taken > 0);
  const taken = server.taken;
  const state = JSON.parse(readFileSync(`${file}.import-state.json`, 'utf8')) as { position: number };
  const otherwise = await runScript('import', [...options, '--on-conflict', 'skip']);
  const resumed = await runScript('import', options);

  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toBe(`stopped after line ${taken}; the same command goes on from there\n`);
  expect(state.position).toBe(taken);
  expect(taken).toBeLessThan(2000);
  expect(otherwise.code).toBe(1);
  expect(otherwise.stderr).toMatch(/ is of an interrupted import with the options --on-conflict fail; /);
  expect(resumed.stderr).toBe(
    `resuming after line ${taken}\n2000 created, 0 replaced, 0 there already, 0 left as they were, 0 refused\n`,
  );
  expect(server.taken).toBe(2000);
  expect(existsSync(`${file}.import-state.json`)).toBe(false);
});

test('Ctrl-C while an import checks its lines leaves nothing behind', async () => {
  const server = await serve({});
  const file = fileOf(600_000);

  const running = startScript('import', [file, '--endpoint', server.endpoint]);
  const stopped = await stopWhen(running, () => server.asked > 0);

  expect(stopped).toMatchObject({ code: 130, stderr: 'stopped while checking; nothing was written\n' });
  expect(server.taken).toBe(0);
  expect(existsSync(`${file}.import-state.json`)).toBe(false);
});

test('Ctrl-C ends an export after the pages under way, and the same command does the rest', async () => {
  const server = await serve({ pages: 12, waitMs: 250 });
  const folder = temporaryFolder();
  const [whole, file] = [join(folder, 'whole'), join(folder, 'stopped')];
  const options = ['--endpoint', server.endpoint, '--segments', '2'];

  const stopped = await stopWhen(startScript('export', [file, ...options]), () => server.pages > 2);
  const appeared = existsSync(file);
  const pages = server.pages;
  const otherwise = await runScript('export', [file, ...options, '--format', 'jsonl']);
  const resumed = await runScript('export', [file, ...options]);
  const together = server.pages;
  await runScript('export', [whole, ...options]);

  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toBe(`stopped after ${pages * 256} items; the same command goes on from there\n`);
  expect(appeared).toBe(false);
  expect(otherwise.code).toBe(1);
  expect(otherwise.stderr).toMatch(/ is of an interrupted export of .* as dynamodb-json; finish that one, /);
  expect(resumed.stderr).toBe(`resuming after ${pages * 256} items\n3072 items exported to ${file}\n`);
  expect(together).toBe(12);
  expect(readFileSync(file).equals(readFileSync(whole))).toBe(true);
  expect(existsSync(`${file}.export`)).toBe(false);
});
