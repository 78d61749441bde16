import { expect, test } from 'vitest';
import { parseLine } from '../../transfer/format/parse-line.ts';
import { blockOf, page } from './harness/pages.ts';

/*
 * The lines that docs/transfer.md shows are the row of docs/data-model.md, in each format.
 */

const transfer = page('docs/transfer.md');
const row = JSON.parse(blockOf(page('docs/data-model.md'), 'json', 'row').text) as object;

test.each(['dynamodb-json', 'jsonl'])('the line of the format %s is the row of the data model', (format) => {
  const { text } = blockOf(transfer, 'text', format);

  const entry = parseLine(Buffer.from(text.trim()), { now: '2030-01-01T00:00:00.000Z', validated: true });

  expect(entry?.row).toEqual(row);
});
