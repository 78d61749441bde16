import { useState, useSyncExternalStore } from 'react';

/** What the address names after `#`: `requests`, or `requests/6f0c…`. */
export interface Place {
  room: string;
  /** What is shown in the room; undefined when the address names only the room. */
  thing: string | undefined;
}

/** @param hash with or without `#` */
export function placeIn(hash: string): Place {
  const [room = '', ...rest] = hash.replace(/^#/, '').split('/');
  return { room, thing: rest.join('/') || undefined };
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** Where the address leads to now. */
export const usePlace = (): Place => placeIn(useSyncExternalStore(subscribe, () => location.hash));

/**
 * What the address names in a room, and how to name something else there. The room keeps it while the address names another room.
 * @param room the part of the address after `#`
 */
export function useThing(room: string): [string | undefined, (thing: string | undefined) => void] {
  const place = usePlace();
  const [last, setLast] = useState<string>();
  const named = place.room === room ? place.thing : undefined;
  if (named !== undefined && named !== last) {
    setLast(named);
  }
  const go = (thing: string | undefined): void => {
    setLast(thing);
    location.hash = thing === undefined ? room : `${room}/${thing}`;
  };
  return [named ?? last, go];
}
