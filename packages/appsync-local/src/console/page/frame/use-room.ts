import { useCallback } from 'react';
import { usePlace } from '../ground/place.ts';
import type { Room } from '../parts/room.ts';

/** The room that the address names, else the first one, and how to go to another. */
export function useRoom(rooms: readonly Room[]) {
  const { room } = usePlace();
  const current = rooms.find(({ id }) => id === room) ?? rooms[0]!;
  const go = useCallback((id: string) => {
    location.hash = id;
  }, []);
  return { current, go };
}
