import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Progress } from '../../transfer/progress.ts';
import { tryKinds } from '../../transfer/try-kinds.ts';

const directory = mkdtempSync(join(tmpdir(), 'try-kinds-'));
afterAll(() => rmSync(directory, { recursive: true }));

function tried(...lines: string[]) {
  const file = join(directory, 'items.jsonl');
  writeFileSync(file, lines.join('\n'));
  return tryKinds(file, new Progress({ write: () => undefined }));
}

const product = { sku: 'PEN-1', name: 'Blue pen', price: { amountMinor: 199, currency: 'EUR' } };

test('items of either format are held against the rules of their kinds, all violations at once', async () => {
  const kinds = await tried(
    JSON.stringify({ id: 'pen-1', kind: 'product', payload: product }),
    JSON.stringify({ id: 'pen-2', kind: 'product', payload: { name: 'Red pen' } }),
    '{"Item":{"id":{"S":"pen-3"},"kind":{"S":"product"},"payload":{"M":{"sku":{"S":"PEN-3"}}}}}',
    JSON.stringify({ id: 'desk-1', payload: {} }),
  );

  expect([...kinds]).toEqual([
    [
      'product',
      {
        items: 3,
        refused: 2,
        examples: [
          expect.stringMatching(/^line 2: .*\/payload\/sku: .*\/payload\/price: /),
          expect.stringMatching(/^line 3: .*\/payload\/name: .*\/payload\/price: /),
        ],
      },
    ],
  ]);
});

test('a kind that is no longer registered refuses its items, in either format', async () => {
  const kinds = await tried(
    JSON.stringify({ id: 'a', kind: 'author', payload: {} }),
    '{"Item":{"id":{"S":"b"},"kind":{"S":"author"},"payload":{"M":{}}}}',
  );

  expect(kinds.get('author')).toMatchObject({ items: 2, refused: 2 });
});

test('a file that is no export is refused with the line', async () => {
  await expect(tried('{"id":"a"}', 'not JSON')).rejects.toThrow(
    /^line 2: is not JSON: .*--dry-run names all such lines$/,
  );
});
