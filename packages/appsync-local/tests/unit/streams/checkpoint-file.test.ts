import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCheckpointFile } from '../../../src/streams/checkpoint-file.ts';

function makeFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'streams', 'mapping.json');
}

const at = (after: number) => ({ streamArn: 'arn', shards: { one: { after: String(after) } } });

it('has the latest position on file, and no other file, once it is flushed', async () => {
  const file = makeFile();
  const checkpoint = openCheckpointFile(file, () => {});
  const before = checkpoint.load();

  for (let n = 1; n <= 500; n += 1) {
    checkpoint.save(at(n));
  }
  await checkpoint.flush();

  expect(before).toBeNull();
  expect(openCheckpointFile(file, () => {}).load()).toEqual(at(500));
  expect(readdirSync(join(file, '..'))).toEqual(['mapping.json']);
});

it.each(['', '{"streamArn"', '[]', '{"streamArn": 1}'])(
  'says that %j is no position, and starts without',
  (text) => {
    const file = makeFile();
    const lines: string[] = [];
    openCheckpointFile(file, () => {}).load();
    writeFileSync(file, text);

    const kept = openCheckpointFile(file, (line) => lines.push(line)).load();

    expect(kept).toBeNull();
    expect(lines).toEqual([expect.stringContaining('the stream is read from its oldest record')]);
  },
);

it('keeps nothing without a file', async () => {
  const checkpoint = openCheckpointFile(null, () => {});

  checkpoint.save(at(1));
  await checkpoint.flush();

  expect(checkpoint.load()).toBeNull();
});

it('that could not be written is written with the next, or when the server stops', async () => {
  const file = makeFile();
  const lines: string[] = [];
  const checkpoint = openCheckpointFile(file, (line) => lines.push(line));
  checkpoint.load();
  rmSync(dirname(file), { recursive: true });
  checkpoint.save(at(1));
  await expect.poll(() => lines).toHaveLength(1);
  mkdirSync(dirname(file));

  await checkpoint.flush();

  expect(openCheckpointFile(file, () => {}).load()).toEqual(at(1));
  expect(lines[0]).toMatch(/^the position in a stream cannot be kept: ENOENT/);
});
