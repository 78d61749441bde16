import { createStore, type Store } from '../ground/store.ts';
import type { Caller } from './callers.ts';
import { type ChangeLog, nameOf } from './change-log.ts';
import type { GraphQLAnswer, Operation } from './graphql.ts';
import type { Status } from './status.ts';
import { openSubscription } from './subscription.ts';

/** A subscription that runs. */
export interface Running {
  id: number;
  name: string;
  /** As whom it listens: the caller at its start, whoever is chosen since. */
  caller: Caller;
  /** As whom it would listen if it were started now. */
  callerNow(): Caller;
  stop(): void;
  /** Stops it and starts it as the caller that is chosen now. */
  restart(): void;
}

export interface Observer {
  next(result: GraphQLAnswer): void;
  complete(): void;
}

/** The subscriptions that run, wherever on the page they were started. */
export interface Subscriptions extends Pick<Store<Running[]>, 'get' | 'subscribe'> {
  /** @returns the running subscription, whose `stop` ends it */
  start(operation: Operation, callerNow: () => Caller, observer?: Observer): Running;
}

const NOBODY: Observer = { next: () => undefined, complete: () => undefined };

export function createSubscriptions(status: Status, log: ChangeLog): Subscriptions {
  const { get, set, subscribe } = createStore<Running[]>([]);
  let nextId = 1;

  const start: Subscriptions['start'] = (operation, callerNow, observer = NOBODY) => {
    const id = nextId;
    nextId += 1;
    let close = (): void => undefined;
    const remove = (): void => {
      set(get().filter((one) => one.id !== id));
      observer.complete();
    };
    const open = (): Running => {
      const caller = callerNow();
      close = openSubscription(operation, { caller, status, log, next: observer.next, ended: remove });
      return { id, name: nameOf(operation), caller, callerNow, stop, restart };
    };
    const stop = (): void => {
      close();
      remove();
    };
    const restart = (): void => {
      close();
      const reopened = open();
      set(get().map((one) => (one.id === id ? reopened : one)));
    };
    const running = open();
    set([...get(), running]);
    return running;
  };
  return { get, subscribe, start };
}

/** Whether it listens as somebody else than the page calls as. */
export const isStale = ({ caller, callerNow }: Running): boolean => caller.key !== callerNow().key;
