import { createStore, type Store } from '../ground/store.ts';
import { type Caller, createMode, type Mode, type Values } from './callers.ts';
import type { AuthenticationType, Settings } from './settings.ts';

const REMEMBERED = 'console-authorization';

/** What is chosen in the authorization bar. */
export interface Choice {
  mode: Mode;
  /** Of the fields of all modes, by name. */
  values: Values;
}

/** As whom the console calls; remembered as long as the browser's tab. */
export interface Auth extends Pick<Store<Choice>, 'get' | 'subscribe'> {
  modes: Mode[];
  choose(type: AuthenticationType): void;
  setValue(name: string, value: string): void;
  /** The caller as it is chosen now. */
  caller(): Caller;
}

export function createAuth(settings: Settings): Auth {
  const remembered = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? '{}') as {
    type?: AuthenticationType;
    values?: Values;
  };
  const modes = settings.modes.map((type) => createMode(type, settings));
  const find = (type?: AuthenticationType): Mode => modes.find((mode) => mode.type === type) ?? modes[0]!;
  const { get, set, subscribe } = createStore<Choice>({
    mode: find(remembered.type),
    values: remembered.values ?? {},
  });
  const change = (choice: Choice): void => {
    const { mode, values } = choice;
    sessionStorage.setItem(REMEMBERED, JSON.stringify({ type: mode.type, values }));
    set(choice);
  };
  return {
    modes,
    get,
    subscribe,
    choose: (type) => change({ ...get(), mode: find(type) }),
    setValue: (name, value) => change({ ...get(), values: { ...get().values, [name]: value.trim() } }),
    caller: () => get().mode.caller(get().values),
  };
}
