import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { createStore, type Store } from '../ground/store.ts';
import { type AppState, followApp } from './app-state.ts';
import { type Auth, createAuth } from './auth.ts';
import { type ChangeLog, createChangeLog } from './change-log.ts';
import { send } from './exchange.ts';
import { introspect, type Introspection } from './introspection.ts';
import type { Settings } from './settings.ts';
import { createStatus, type Status } from './status.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

/** The schema as the caller may see it. */
export interface KnownSchema {
  introspection: Introspection;
  schema: GraphQLSchema;
}

/** What all rooms share. */
export interface Console {
  settings: Settings;
  auth: Auth;
  status: Status;
  log: ChangeLog;
  subscriptions: Subscriptions;
  /** Undefined before the first answer; null when the server does not return it to this caller. */
  schema: Pick<Store<KnownSchema | null | undefined>, 'get' | 'subscribe'>;
  /** Absent for a server that does not take in saved files. */
  app?: Pick<Store<AppState | undefined>, 'get' | 'subscribe'>;
  /** Reads the schema again; the last one that was read stays when that fails. */
  loadSchema(): Promise<void>;
}

/** Creates it, and reads the schema whenever another caller is chosen. */
export function createConsole(settings: Settings): Console {
  const auth = createAuth(settings);
  const status = createStatus();
  const log = createChangeLog();
  const schema = createStore<KnownSchema | null | undefined>(undefined);
  let asked = 0;
  const loadSchema = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const caller = auth.caller();
    const introspection = await introspect(
      async (operation) => (await send(operation, caller, status)).answer,
    );
    if (mine === asked) {
      schema.set(introspection ? known(introspection) : (schema.get() ?? null));
    }
  };
  auth.subscribe(() => void loadSchema());
  void loadSchema();
  const subscriptions = createSubscriptions(status, log);
  const app = settings.isWatched ? followApp(() => void loadSchema()) : undefined;
  return { settings, auth, status, log, subscriptions, schema, loadSchema, ...(app && { app }) };
}

const known = (introspection: Introspection): KnownSchema => ({
  introspection,
  schema: buildClientSchema({ __schema: introspection } as IntrospectionQuery),
});
