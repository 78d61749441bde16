import type { LiveItemsFilter, Subject, TextFilter } from './types.ts';

/** Repeats the server's filter, because `itemChanges` has none, and because an item may begin or cease to match. */
export function matches(filter: LiveItemsFilter, item: Subject): boolean {
  return (
    passes(filter.kind, item.kind) && // part: validated-items
    passes(filter.id, item.id)
  );
}

function passes(filter: TextFilter | null | undefined, value: string | null): boolean {
  const { eq, ne, in: among, beginsWith, ...rest } = filter ?? {};
  rest satisfies Record<string, never>; // A new operator needs a line below.
  return (
    (eq == null || value === eq) &&
    (ne == null || value !== ne) &&
    (among == null || (value !== null && among.includes(value))) &&
    (beginsWith == null || (value?.startsWith(beginsWith) ?? false))
  );
}
