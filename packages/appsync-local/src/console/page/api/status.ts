import { createStore, type Store } from '../ground/store.ts';

/** The state in words, for the line that everybody sees. */
export interface StatusLine {
  state: 'ok' | 'busy' | 'error';
  text: string;
}

export interface Status extends Pick<Store<StatusLine>, 'get' | 'subscribe'> {
  ok(text: string): void;
  busy(text: string): void;
  error(text: string): void;
}

export function createStatus(): Status {
  const { get, set, subscribe } = createStore<StatusLine>({ state: 'busy', text: 'Connecting…' });
  return {
    get,
    subscribe,
    ok: (text) => set({ state: 'ok', text }),
    busy: (text) => set({ state: 'busy', text }),
    error: (text) => set({ state: 'error', text }),
  };
}
