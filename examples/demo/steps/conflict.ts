import { type ItemFieldsFragment, PutItemDocument } from '../../../schema/generated/operations.ts';
import { compactItem } from '../compact.ts';
import { expectEqual } from '../expect.ts';
import type { Tour } from '../step.ts';
import { noteInput, shownNote } from './note.ts';

/** Someone who still believes in version 1 writes: refused, with the current item to decide on. */
export async function conflict({ api, screen }: Tour): Promise<void> {
  const stale = { payload: { text: 'Buy oat milk' }, expectedVersion: 1 };
  screen.step('6 conflict');
  screen.sent(`putItem ${shownNote(stale)}`);
  const { error, ms } = await api.refused('Conflict', 'putItem', PutItemDocument, {
    input: noteInput(stale),
  });
  expectEqual('errorInfo of the conflict', error.errorInfo, {
    code: 'version_differs',
    retryable: false,
    expectedVersion: 1,
    currentVersion: 3,
  });
  screen.refused(`Conflict ${JSON.stringify(error.errorInfo)}`, ms);
  screen.detail(error.message);
  screen.detail(`current item ${compactItem(error.data as ItemFieldsFragment)}`);
}
