import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dynoxide, layOut } from '../../../src/database/dynoxide.ts';

/**
 * An engine that handles SIGTERM from its nth start on only, and finds its port taken at the first `taken` ones; each
 * start leaves a letter in the file.
 */
function engineThatEndsCleanlyFrom(start: number, taken = 0): { binary: string; directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'dynoxide-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const binary = join(directory, 'engine');
  writeFileSync(
    binary,
    `#!/bin/sh
while [ "$1" != --db-path ]; do shift; done
printf x >> "$2"
[ "$(wc -c < "$2")" -lt ${start} ] || trap 'exit 0' TERM
[ "$(wc -c < "$2")" -gt ${taken} ] || { echo 'Error: Address already in use (os error 98)'; exit 1; }
echo 'Dynoxide listening on http://127.0.0.1:1'
while :; do sleep 0.01; done
`,
  );
  chmodSync(binary, 0o755);
  return { binary, directory };
}

test('a new database is laid out again while the engine dies of being stopped', async () => {
  const { binary, directory } = engineThatEndsCleanlyFrom(3);
  const file = join(directory, 'empty.db');

  await layOut(binary, file);

  expect(readFileSync(file, 'utf8')).toBe('xxx');
});

test('a new database is laid out on another port when the first is taken meanwhile', async () => {
  const { binary, directory } = engineThatEndsCleanlyFrom(1, 2);
  const file = join(directory, 'empty.db');

  await layOut(binary, file);

  expect(readFileSync(file, 'utf8')).toBe('xxx');
});

test('an engine that never ends cleanly is not taken at its word', async () => {
  const { binary, directory } = engineThatEndsCleanlyFrom(100);
  const file = join(directory, 'empty.db');

  await expect(layOut(binary, file)).rejects.toThrow('it did not end cleanly in 5 attempts');
});

test('without the index the engine is started all the same, and says what that costs', async () => {
  const { binary, directory } = engineThatEndsCleanlyFrom(100);
  const lines: string[] = [];

  const launch = dynoxide(binary);
  await launch({
    directory,
    address: { host: '127.0.0.1', port: 1 },
    temporary: false,
    log: (line) => void lines.push(line),
  });

  expect(lines).toEqual([expect.stringMatching(/^writes will slow down .* it did not end cleanly/)]);
});
