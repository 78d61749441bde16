import { ApiError, asApiError, type ErrorEntry, failureOf } from './api-error.ts';
import type { Authorization } from './authorization.ts';
import { backOff, type BackOffOptions } from './back-off.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import { errorsOf } from './protocol.ts';
import { realtimeCredentials } from './realtime-credentials.ts';

/** The receiver of a subscription. */
export interface Sink<Data> {
  next(result: { data: Data; errors?: readonly ErrorEntry[] }): void;
  /** The subscription is refused for good, or its credentials were refused twice. Nothing follows. */
  error(error: ApiError): void;
  /** The server has ended the subscription (an invalidation). Nothing follows. */
  complete?(): void;
  /** The server has acknowledged: changes from now on are received. Called again after each interruption. */
  subscribed?(): void;
  /** The connection is lost, and attempts to restore it have begun. Changes from now on are missed. */
  interrupted?(reason: ApiError): void;
}

export interface SubscriptionOptions {
  id: string;
  /** The operation, as the text of `start`. */
  data: string;
  url: string;
  authorization: Authorization;
  backOff?: BackOffOptions;
  /** How long the server may take to acknowledge, in milliseconds. */
  acknowledgeMs: number;
  /** The connection on which it may start now. */
  connection(): Connection | null;
  /** Called when a connection does not respond. */
  unanswered(connection: Connection, reason: ApiError): void;
  /** Called when it has ended, before the sink is. */
  over(): void;
}

/**
 * - `parted`: there is no connection to start on.
 * - `starting`: it is fetching credentials.
 * - `started`: the server has not acknowledged yet.
 * - `acknowledged`: the server delivers events.
 * - `waiting`: before another attempt, since the last one was refused.
 */
type SubscriptionState =
  | { is: 'parted' | 'starting' | 'acknowledged' | 'over' }
  | { is: 'started' | 'waiting'; timer: ReturnType<typeof setTimeout> };

/** One subscription, across successive connections. */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #sink: Sink<never>;
  #state: SubscriptionState = { is: 'parted' };
  /** Refused in a row. */
  #attempts = 0;
  /** Whether the last credentials were refused. */
  #forceRefresh = false;

  constructor(options: SubscriptionOptions, sink: Sink<never>) {
    this.#options = options;
    this.#sink = sink;
  }

  /** Starts on the connection, if there is one. */
  async start(): Promise<void> {
    const connection = this.#options.connection();
    if (!connection) {
      return;
    }
    const starting: SubscriptionState = { is: 'starting' };
    this.#become(starting);
    try {
      const headers = await this.#credentials();
      if (this.#state === starting) {
        connection.start(this.#options.id, this.#options.data, headers);
        this.#become({ is: 'started', timer: this.#patience(connection) });
      }
    } catch (error) {
      if (this.#state === starting) {
        this.#startAgain(asApiError(error));
      }
    }
  }

  receive(message: Parameters<ConnectionEvents['message']>[0]): void {
    switch (message.type) {
      case 'start_ack':
        this.#become({ is: 'acknowledged' });
        this.#attempts = 0;
        this.#forceRefresh = false;
        return this.#sink.subscribed?.();
      case 'data':
        return this.#sink.next(message.payload as never);
      case 'error':
        return this.#startAgain(failureOf(errorsOf(message.payload)));
      case 'complete':
        this.end();
        return this.#sink.complete?.();
    }
  }

  /** The connection is lost; another one will follow. */
  part(reason: ApiError): void {
    this.#become({ is: 'parted' });
    this.#sink.interrupted?.(reason);
  }

  refuse(reason: ApiError): void {
    this.end();
    this.#sink.error(reason);
  }

  end(): void {
    this.#become({ is: 'over' });
    this.#options.over();
  }

  /** The only place that changes the state: stops the last one's timer. */
  #become(next: SubscriptionState): void {
    if ('timer' in this.#state) {
      clearTimeout(this.#state.timer);
    }
    this.#state = next;
  }

  #credentials(): Promise<Record<string, string>> {
    const { data } = this.#options;
    return realtimeCredentials(this.#options, { path: '', body: data, forceRefresh: this.#forceRefresh });
  }

  /** A connection that does not respond counts as dead. */
  #patience(connection: Connection): ReturnType<typeof setTimeout> {
    const { acknowledgeMs, unanswered } = this.#options;
    const reason = new ApiError(`no start_ack within ${acknowledgeMs} ms`, 'retry');
    return setTimeout(() => unanswered(connection, reason), acknowledgeMs);
  }

  #startAgain(reason: ApiError): void {
    const isRefusedTwice = reason.remedy === 'credentials' && this.#forceRefresh;
    if (reason.remedy === 'none' || isRefusedTwice) {
      return this.refuse(reason);
    }
    this.#forceRefresh = reason.remedy === 'credentials';
    const wait = Math.max(backOff(this.#attempts++, this.#options.backOff), reason.retryAfterMs);
    this.#become({ is: 'waiting', timer: setTimeout(() => void this.start(), wait) });
    this.#sink.interrupted?.(reason);
  }
}
