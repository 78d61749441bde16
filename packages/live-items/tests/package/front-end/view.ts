import type { ApiError } from 'live-items';
import {
  createLiveItems,
  type Item,
  itemChanges,
  type LiveItemsChange,
  type LiveItemsStatus,
  withApiKey,
} from 'live-items';

// A front end's program, as it is written against the package: `package.test.ts` compiles it, strictly, and checks the library's types, too.

const access = { url: 'https://api.example/graphql', authorization: withApiKey('da2-key') };

export const live = createLiveItems({
  ...access,
  filter: { kind: { in: ['task', 'note'] }, id: { beginsWith: 'a' } },
  onChange: (changes: readonly LiveItemsChange[]) =>
    changes.map(({ item, change }) => item?.id ?? change?.id),
  onStatus: (status: LiveItemsStatus, reason?: ApiError) => console.log(status, reason?.retryAfterMs),
});
export const items: ReadonlyMap<string, Item> = live.items;

export async function follow(since: string | null): Promise<string | undefined> {
  for await (const { cursor } of itemChanges({ ...access, since, pollMs: null })) {
    return cursor;
  }
}

// @ts-expect-error The view is read-only: the table is what decides.
live.items.set('id', null);
// @ts-expect-error There is no such operator.
createLiveItems({ ...access, filter: { kind: { endsWith: 'k' } } });
