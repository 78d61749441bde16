import { DeleteItemDocument } from '../../../schema/generated/operations.ts';
import { compactItem } from '../compact.ts';
import { expectEqual } from '../expect.ts';
import type { Tour } from '../step.ts';
import { NOTE_ID } from './note.ts';

/** Deletes the note at the version it has; the deleted item comes back. */
export async function removeDiary({ api, screen }: Tour): Promise<void> {
  const input = { id: NOTE_ID, expectedVersion: 3 };
  screen.step('8 delete');
  screen.sent(`deleteItem ${JSON.stringify(input)}`);
  const { value: item, ms } = await api.succeed('deleteItem', DeleteItemDocument, { input });
  expectEqual('version of the deleted note', item?.version, 3);
  if (item) {
    screen.received(compactItem(item), ms);
  }
}
