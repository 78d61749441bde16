import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type * as claims from '../../../src/database/directory-claim.ts';
import { makeTemporaryDirectory } from '../../../src/database/temporary-directory.ts';

const { beforeLook } = vi.hoisted(() => ({ beforeLook: vi.fn() }));

vi.mock('../../../src/database/directory-claim.ts', async (importOriginal) => {
  const original = await importOriginal<typeof claims>();
  return {
    ...original,
    isAbandoned: (directory: string) => {
      beforeLook();
      return original.isAbandoned(directory);
    },
  };
});

/** A root with the folder of a server that was killed: nobody has the id of its process. */
function rootWithAbandoned(): { root: string; abandoned: string } {
  const root = mkdtempSync(join(tmpdir(), 'root-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const abandoned = join(root, 'run-killed');
  mkdirSync(abandoned);
  writeFileSync(join(abandoned, 'server-999999999-1.claim'), '{');
  return { root, abandoned };
}

test('removes the folders of servers that were killed', () => {
  const { root, abandoned } = rootWithAbandoned();

  const made = makeTemporaryDirectory(root);

  expect([existsSync(abandoned), existsSync(made)]).toEqual([false, true]);
});

// Servers that start and end side by side, such as those of a test runner's workers, look through the same root.
test('makes a folder while another server removes the one that it looks at', () => {
  const { root, abandoned } = rootWithAbandoned();
  beforeLook.mockImplementationOnce(() => rmSync(abandoned, { recursive: true }));

  const made = makeTemporaryDirectory(root);

  expect(existsSync(made)).toBe(true);
});
