import { useSyncExternalStore } from 'react';

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
