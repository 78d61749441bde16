import { useCallback, useSyncExternalStore } from 'react';
import type { Item } from '../item.ts';
import type { ItemsStore } from '../items-store.ts';

/** One item of a store, pending writes included; null where the store has none. Renders again when it changes, and only then. */
export function useItem(store: ItemsStore, id: string): Item | null {
  const subscribe = useCallback((listener: () => void) => store.subscribe({ onChange: listener }), [store]);
  return useSyncExternalStore(subscribe, () => store.items.get(id) ?? null, nothing);
}

const nothing = (): null => null;
