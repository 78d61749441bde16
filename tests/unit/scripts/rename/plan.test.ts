import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planOf } from '../../../../scripts/rename/plan.ts';
import { toEntry } from './harness/renaming.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'rename-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [file, text] of Object.entries({ 'packages/live-items/LICENSE': 'appsync-items', ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

it('moves and edits what is ours, and leaves the emulator, other apps and notices', () => {
  write({
    'model/item.ts': 'export interface Item { id: string }',
    'docs/live-items.md': '[items](../model/item.ts) of appsync-items',
    'packages/appsync-local/src/put-item.ts': "putItem('PutItem')",
    'packages/appsync-local/tests/server/a.test.ts': 'putItem()',
    'examples/shop/item.ts': 'putItem()',
    'node_modules/other/item.ts': 'putItem()',
  });

  expect(planOf(root, toEntry)).toEqual([
    {
      file: 'docs/live-items.md',
      to: 'docs/live-entries.md',
      text: '[items](../model/entry.ts) of shop',
    },
    { file: 'model/item.ts', to: 'model/entry.ts', text: 'export interface Entry { id: string }' },
    {
      file: 'packages/appsync-local/tests/server/a.test.ts',
      to: 'packages/appsync-local/tests/server/a.test.ts',
      text: 'putEntry()',
    },
    { file: 'packages/live-items/LICENSE', to: 'packages/live-entries/LICENSE' },
  ]);
});

it('refuses to make one of two names, and lists all of them', () => {
  write({
    'model/put.ts': 'putItem(putEntry)',
    'model/put-item.ts': '',
    'model/put-entry.ts': '',
    'model/other.ts': 'putItem(entry)',
  });

  expect(() => planOf(root, toEntry)).toThrow(
    /^The new name would make one of two names.*:\nmodel\/put-entry\.ts\nputEntry in model\/put\.ts$/s,
  );
});
