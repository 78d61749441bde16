import type { Fetcher, Observable } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import type { Console } from '../../api/console.ts';
import { send } from '../../api/exchange.ts';
import type { Operation } from '../../api/graphql.ts';
import { operationsIn } from '../../api/operations.ts';
import { withTypedHeaders } from '../../api/typed-headers.ts';
import type { Answers, Shown } from './answers.ts';

/**
 * GraphiQL's fetcher: queries and mutations over HTTP, subscriptions over AppSync's real-time protocol.
 *
 * @param activeTab the id of GraphiQL's tab that is shown
 */
export function createFetcher(console: Console, answers: Answers, activeTab: () => string): Fetcher {
  return (params, options = {}) => {
    const operations = operationsIn(params.query);
    const { kind = 'query', name } =
      operations.find(({ name }) => name === params.operationName) ?? operations[0] ?? {};
    const operation: Operation = {
      query: params.query,
      variables: params.variables as Operation['variables'],
      operationName: name,
    };
    const typed = textValues(options.headers ?? {});
    const callerNow = () => withTypedHeaders(console.auth.caller(), typed);
    const tab = activeTab();
    const show = (shown: Shown): ExecutionResult => {
      answers.add(tab, shown);
      // Its type is that of results in a server, whose errors are objects with nodes of the document.
      return answers.display(shown, console.schema.get()?.schema) as unknown as ExecutionResult;
    };
    if (kind === 'subscription') {
      return observable(
        (observer) =>
          console.subscriptions.start(operation, callerNow, {
            next: (answer) => observer.next(show({ operation, answer })),
            complete: () => observer.complete(),
          }).stop,
      );
    }
    return send(operation, callerNow(), console.status).then((exchange) =>
      show({ operation, answer: exchange.answer, exchange }),
    );
  };
}

/** Numbers and booleans count as their texts; people type them without quotes. */
const textValues = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

interface Watcher {
  next(answer: ExecutionResult): void;
  complete(): void;
}

/**
 * The observable that GraphiQL expects for a subscription. GraphiQL unsubscribes when another tab is shown; the subscription then
 * goes on, and its events are in the change log.
 *
 * @param start returns what stops it
 */
function observable(start: (watcher: Watcher) => () => void): Observable<ExecutionResult> {
  const subscribe = (observer: Watcher) => {
    let watched = true;
    const stop = start({
      next: (answer) => watched && observer.next(answer),
      complete: () => watched && observer.complete(),
    });
    const unsubscribe = (): void => {
      watched = false;
      if (!showsOtherTab()) {
        stop();
      }
    };
    return { unsubscribe };
  };
  // GraphiQL calls it with an observer; the type has the form with three functions too.
  return { subscribe } as unknown as Observable<ExecutionResult>;
}

/** GraphiQL does not say why it unsubscribes, but it does so while it handles the click. */
function showsOtherTab(): boolean {
  const target = globalThis.event?.target;
  return target instanceof Element && target.closest('.graphiql-tab-button') !== null;
}
