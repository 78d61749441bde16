import type { ItemChangeFilterInput } from './types.ts';

/** Which items are wanted: conditions on id and kind, as `onItemChange` takes them. */
export type LiveItemsFilter = Pick<ItemChangeFilterInput, 'id' | 'kind'>;

type TextFilter = NonNullable<LiveItemsFilter['id']>;

/** What the server's filter says, said once more: `itemChanges` has none, and an item may come to match or cease to. */
export function matches(filter: LiveItemsFilter, { id, kind }: { id: string; kind: string | null }): boolean {
  return passes(filter.id, id) && passes(filter.kind, kind);
}

/** All operators that are given must hold; one that is null is not given. */
function passes(filter: TextFilter | null | undefined, value: string | null): boolean {
  const { eq, ne, in: among, beginsWith } = filter ?? {};
  return (
    (eq == null || value === eq) &&
    (ne == null || value !== ne) &&
    (among == null || (value !== null && among.includes(value))) &&
    (beginsWith == null || (value?.startsWith(beginsWith) ?? false))
  );
}
