import { PutItemDocument, UpdateItemDocument } from '../../../schema/generated/operations.ts';
import { compactItem } from '../compact.ts';
import { expectEqual } from '../expect.ts';
import type { Tour } from '../step.ts';
import { noteInput, shownNote } from './note.ts';

/** A put replaces the whole payload; an update merges into it, and null takes a member away (RFC 7396). */
export async function replaceAndMerge({ api, screen }: Tour): Promise<void> {
  screen.step('5 change');
  const replacement = { payload: { text: 'Buy milk', due: '2026-11-30' } };
  screen.sent(`putItem ${shownNote(replacement)}`);
  const put = await api.succeed('putItem', PutItemDocument, { input: noteInput(replacement) });
  screen.received(compactItem(put.value), put.ms);

  const patch = { payload: { due: null, done: true }, expectedVersion: put.value.version };
  screen.sent(`updateItem ${shownNote(patch)}`);
  const update = await api.succeed('updateItem', UpdateItemDocument, { input: noteInput(patch) });
  expectEqual('the merged payload', JSON.parse(update.value.payload ?? 'null'), {
    text: 'Buy milk',
    done: true,
  });
  screen.received(compactItem(update.value), update.ms);
}
