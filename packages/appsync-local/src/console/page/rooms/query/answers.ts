import type { GraphQLSchema } from 'graphql';
import { readable } from '../../api/aws-json.ts';
import type { Exchange } from '../../api/exchange.ts';
import type { GraphQLAnswer, Operation } from '../../api/graphql.ts';
import { createStore, type Store } from '../../ground/store.ts';

/** What GraphiQL's tab shows: the answer of an exchange, or the last event of a subscription. */
export interface Shown {
  operation: Operation;
  answer: GraphQLAnswer;
  /** Missing for an event. */
  exchange?: Exchange;
}

/** The last answer in each of GraphiQL's tabs, and how its `AWSJSON` is shown. */
export interface Answers extends Pick<Store<ReadonlyMap<string, Shown>>, 'get' | 'subscribe'> {
  isReadable: Store<boolean>;
  add(tab: string, shown: Shown): void;
  /** What the result pane is to show. */
  display(shown: Shown, schema: GraphQLSchema | undefined): GraphQLAnswer;
}

/** One for each of GraphiQL's tabs that are opened in a visit; the oldest is dropped. */
const KEPT = 50;

export function createAnswers(): Answers {
  const { get, set, subscribe } = createStore<ReadonlyMap<string, Shown>>(new Map());
  const isReadable = createStore(true);
  return {
    get,
    subscribe,
    isReadable,
    add: (tab, shown) => {
      const others = [...get()].filter(([id]) => id !== tab);
      set(new Map([...others.slice(1 - KEPT), [tab, shown]]));
    },
    display: ({ answer, operation }, schema) =>
      isReadable.get() ? readable(answer, operation, schema) : answer,
  };
}
