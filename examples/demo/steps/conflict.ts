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
  const versions = { expectedVersion: 1, currentVersion: 3 };
  const code = 'version_differs';
  expectEqual('errorInfo of the conflict', error.errorInfo, { code, retryable: false, ...versions });
  screen.refused(`Conflict ${code} ${JSON.stringify(versions)}`, ms);
  screen.detail(error.message);
  screen.detail(`current item ${compactItem(error.data as ItemFieldsFragment)}`);
}
