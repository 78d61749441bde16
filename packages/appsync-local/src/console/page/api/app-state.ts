import { createStore, type Store } from '../ground/store.ts';
import { localJson } from './local-route.ts';

/** How things stand with the app of a server that takes in saved files. */
export interface AppState {
  version: number;
  /** A hash of the schema. */
  schema: string;
  /** Why the files as they are do not run, line by line; empty while they run. */
  problems: string[];
}

/** Milliseconds until a server that does not answer is asked again: it may be starting. */
const AGAIN_MS = 2_000;

/**
 * Follows the app for as long as the page is open.
 * @param onSchema called when the schema is another one
 */
export function followApp(onSchema: () => void): Pick<Store<AppState | undefined>, 'get' | 'subscribe'> {
  const store = createStore<AppState | undefined>(undefined);
  void follow(store, onSchema);
  return store;
}

async function follow(store: Store<AppState | undefined>, onSchema: () => void): Promise<never> {
  for (;;) {
    try {
      const before = store.get();
      const state = await localJson<AppState>(`/_local/app.json?after=${before?.version ?? -1}`);
      store.set(state);
      if (before && before.schema !== state.schema) {
        onSchema();
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
