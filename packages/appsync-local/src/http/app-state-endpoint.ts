import type { Handle } from './message.ts';

/** Milliseconds that an answer may take while nothing changes; proxies give up after 30 s or a minute. */
const WAIT_MS = 20_000;

/** Resolves with the state as soon as its version is not this one, or when the time is up. */
type After = (version: number, withinMs: number) => Promise<object>;

/** `GET /_local/app.json?after=VERSION`: how things stand with the app, as soon as that is another version; at once without a version. */
export function createAppStateEndpoint(after: After): Handle {
  return async ({ query }) => ({
    status: 200,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
    body: JSON.stringify(await after(Number(query.get('after') ?? -1), WAIT_MS)),
  });
}
