import { type ComponentType, lazy } from 'react';
import type { Room, RoomProps } from './parts/room.ts';

/** The rooms in the order of their tabs: one row and one folder each. The first one is shown when the address names none. */
export const ROOMS: readonly Room[] = [
  room('query', 'Query', async () => (await import('./rooms/query/room.tsx')).QueryRoom),
  room('requests', 'Requests', async () => (await import('./rooms/requests/room.tsx')).RequestsRoom),
  room('changes', 'Changes', async () => (await import('./rooms/changes/room.tsx')).ChangesRoom),
  room('data', 'Data', async () => (await import('./rooms/data/room.tsx')).DataRoom),
  room('functions', 'Functions', async () => (await import('./rooms/functions/room.tsx')).FunctionsRoom),
];

/** A room whose code runs when it is opened first. */
function room(id: string, title: string, load: () => Promise<ComponentType<RoomProps>>): Room {
  return { id, title, Content: lazy(async () => ({ default: await load() })) };
}
