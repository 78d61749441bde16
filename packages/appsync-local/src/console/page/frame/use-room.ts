import { useCallback, useSyncExternalStore } from 'react';
import type { Room } from '../parts/room.ts';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The room that the address names after `#`, else the first one, and how to go to another. */
export function useRoom(rooms: readonly Room[]) {
  const hash = useSyncExternalStore(subscribe, () => location.hash.slice(1));
  const current = rooms.find(({ id }) => id === hash) ?? rooms[0]!;
  const go = useCallback((id: string) => {
    location.hash = id;
  }, []);
  return { current, go };
}
