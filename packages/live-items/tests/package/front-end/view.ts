import type { ApiError } from 'live-items';
import {
  createItemsStore,
  createLiveItems,
  createLiveQuery,
  type Item,
  itemChanges,
  type LiveItemsChange,
  type LiveItemsStatus,
  withApiKey,
  type WriteStorage,
} from 'live-items';
import { useItem, useLiveItems, usePutItem } from 'live-items/react';

// A front end's program, as it is written against the package: `package.test.ts` compiles it, strictly, and checks the library's types, too.

const access = { url: 'https://api.example/graphql', authorization: withApiKey('da2-key') };

export const live = createLiveItems({
  ...access,
  filter: {
    kind: { in: ['task', 'note'] }, // part: validated-items
    id: { beginsWith: 'a' },
  },
  onChange: (changes: readonly LiveItemsChange[]) =>
    changes.map(({ item, change }) => item?.id ?? change?.id),
  onStatus: (status: LiveItemsStatus, reason?: ApiError) => console.log(status, reason?.retryAfterMs),
});
export const items: ReadonlyMap<string, Item> = live.items;

// Queries, writes and hooks.
const open = createLiveQuery(live, {
  filter: {
    payload: [{ path: 'done', eq: 'false' }],
    or: [{ version: { gt: 1 } }, { id: { beginsWith: 'a' } }],
  },
  sort: [{ by: 'payload', path: 'due', direction: 'DESC' }, { by: 'id' }],
});
export const first: Item | undefined = open.items[0];
declare const localStorage: WriteStorage;
const store = createItemsStore({ ...access, storage: localStorage });

export function useStatusOrText(id: string): string | null {
  const { put, outcome } = usePutItem(store);
  const { items, status } = useLiveItems(store, { limit: 10 });
  const one: Item | null = useItem(store, id);
  void put({ id, payload: '{}' }).then((it) => (it.is === 'conflict' ? it.theirs?.version : null));
  return outcome?.is === 'conflict' ? status : (one?.payload ?? items[0]?.id ?? null);
}

// @ts-expect-error There is no such operator.
createLiveQuery(live, { filter: { payload: [{ path: 'n', near: '1' }] } });
// @ts-expect-error A token is made by the queue.
void store.put({ id: 'a', clientRequestToken: 'mine' });

export async function follow(since: string | null): Promise<string | undefined> {
  for await (const { cursor } of itemChanges({ ...access, since, pollMs: null })) {
    return cursor;
  }
}

// @ts-expect-error The view is read-only: the table is what decides.
live.items.set('id', null);
// @ts-expect-error There is no such operator.
createLiveItems({ ...access, filter: { kind: { endsWith: 'k' } } });
