import type { Caller, Headers } from './callers.ts';

/** Headers that say who calls. */
const CREDENTIALS = new Set(['authorization', 'x-api-key']);

/**
 * A caller whose requests carry the headers that somebody has typed. They win over its own; if credentials are among them, none
 * of its own headers are sent, so that a wrong or an expired token can be tried.
 */
export function withTypedHeaders(caller: Caller, typed: Headers): Caller {
  if (Object.keys(typed).length === 0) {
    return caller;
  }
  const credentials = Object.keys(typed).filter((name) => CREDENTIALS.has(name.toLowerCase()));
  if (credentials.length === 0) {
    return {
      ...caller,
      headers: async (body) => merge(await caller.headers(body), typed),
      realtimeHeaders: async (path, body) => merge(await caller.realtimeHeaders(path, body), typed),
    };
  }
  const title = `${credentials.join(' and ')} of the Headers tab`;
  return {
    title,
    name: title,
    key: JSON.stringify(['typed', typed]),
    hint: `It replaced the credentials of “${caller.name}”; remove it from the Headers tab to use those.`,
    headers: async () => typed,
    realtimeHeaders: async () => ({ host: location.host, ...typed }),
  };
}

function merge(own: Headers, typed: Headers): Headers {
  const names = new Set(Object.keys(typed).map((name) => name.toLowerCase()));
  const kept = Object.entries(own).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...typed };
}
