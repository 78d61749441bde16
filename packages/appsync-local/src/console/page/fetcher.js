import { operationsIn } from './operations.js';
import { subscribe } from './realtime.js';
import { refusalText } from './refusal-text.js';

/**
 * GraphiQL's fetcher: queries and mutations over HTTP, subscriptions over AppSync's real-time protocol.
 *
 * @param {{ auth: object, status: object, events: object }} parts
 */
export function createFetcher({ auth, status, events }) {
  return (params, options = {}) => {
    const operations = operationsIn(params.query);
    const { kind = 'query', name } =
      operations.find(({ name }) => name === params.operationName) ?? operations[0] ?? {};
    const chosen = { ...params, operationName: name };
    return kind === 'subscription'
      ? observable(chosen, { auth, status, events })
      : post(chosen, options.headers, { auth, status });
  };
}

async function post({ query, variables, operationName }, extraHeaders, { auth, status }) {
  const mode = auth.mode();
  const body = JSON.stringify({ query, variables, operationName });
  try {
    const headers = { 'content-type': 'application/json', ...extraHeaders, ...(await mode.headers(body)) };
    const response = await fetch('/graphql', { method: 'POST', headers, body });
    const answer = await response.json();
    if (response.ok) status.ok(`Connected · ${mode.title}`);
    else status.error(refusalText(response.status, answer, mode));
    return answer;
  } catch (error) {
    const message = unreachable(error)
      ? 'The server does not answer; start it and try again.'
      : error.message;
    status.error(message);
    // If it were thrown, GraphiQL would show it with its stack trace.
    return { errors: [{ message }] };
  }
}

/** fetch rejects with a TypeError when there is no connection. */
const unreachable = (error) => error instanceof TypeError;

/**
 * The observable that GraphiQL expects for a subscription. GraphiQL unsubscribes when another tab is shown; the event log then
 * continues.
 */
const observable = (params, parts) => ({
  subscribe: (observer) => {
    let watched = true;
    const watcher = {
      next: (result) => watched && observer.next(result),
      complete: () => watched && observer.complete(),
    };
    const stop = subscribe(params, watcher, parts);
    const unsubscribe = () => {
      watched = false;
      if (!showsOtherTab()) stop();
    };
    return { unsubscribe };
  },
});

/** GraphiQL does not say why it unsubscribes, but it does so while it handles the click. */
const showsOtherTab = () => Boolean(globalThis.event?.target?.closest?.('.graphiql-tab-button'));
