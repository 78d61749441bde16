import { createStore, type Store } from '../ground/store.ts';
import { explainEvent } from './explain-event.ts';
import type { GraphQLAnswer, Operation } from './graphql.ts';

/** What is kept at most, the newest. */
const KEPT_ENTRIES = 200;
const KEPT_CHARACTERS = 4_000_000;

/** Something that a subscription delivered, or a remark on its connection. */
export interface Entry {
  id: number;
  at: Date;
  kind: 'event' | 'failed' | 'note';
  /** The event on one line, or the remark. */
  text: string;
  /** Name of the subscription's operation. */
  subscription: string;
  /** Missing in remarks. */
  event?: { operation: Operation; payload: GraphQLAnswer };
  /** What an error means and what to do. */
  explanation?: string;
}

export interface ChangeLogState {
  /** Newest first. */
  entries: Entry[];
  /** Events since the last clearing, including those that are not kept. */
  events: number;
}

/** The events of all subscriptions, newest first. */
export interface ChangeLog extends Pick<Store<ChangeLogState>, 'get' | 'subscribe'> {
  event(operation: Operation, payload: GraphQLAnswer): void;
  note(operation: Operation, text: string): void;
  clear(): void;
}

export function createChangeLog(): ChangeLog {
  const { get, set, subscribe } = createStore<ChangeLogState>({ entries: [], events: 0 });
  let nextId = 1;
  const add = (operation: Operation, entry: Omit<Entry, 'id' | 'at' | 'subscription'>): void => {
    const { entries, events } = get();
    const full = { id: nextId, at: new Date(), subscription: nameOf(operation), ...entry };
    nextId += 1;
    set({ entries: newest([full, ...entries]), events: events + (entry.kind === 'note' ? 0 : 1) });
  };
  return {
    get,
    subscribe,
    event: (operation, payload) =>
      add(operation, {
        kind: payload.errors ? 'failed' : 'event',
        text: JSON.stringify(payload.errors ? payload : payload.data),
        event: { operation, payload },
        explanation: explainEvent(payload),
      }),
    note: (operation, text) => add(operation, { kind: 'note', text }),
    clear: () => set({ entries: [], events: 0 }),
  };
}

export const nameOf = ({ operationName }: Operation): string => operationName ?? 'subscription';

function newest(entries: Entry[]): Entry[] {
  let characters = 0;
  const fits = entries.findIndex(({ text }, index) => {
    characters += text.length;
    return index >= KEPT_ENTRIES || (characters > KEPT_CHARACTERS && index > 0);
  });
  return fits < 0 ? entries : entries.slice(0, fits);
}
