import { alarm } from './alarm.ts';
import { ApiError, asApiError, type ErrorEntry, failureOf } from './api-error.ts';
import type { Authorization } from './authorization.ts';
import { backOff, type BackOffOptions } from './back-off.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import { expiryOf } from './credentials.ts';
import { errorsOf } from './protocol.ts';
import { realtimeCredentials } from './realtime-credentials.ts';

/** The receiver of a subscription. */
export interface Sink<Data> {
  /** An event. One that falls together with a renewal of the credentials may come twice. */
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
  /** The operation, as the text of `start`. */
  data: string;
  url: string;
  authorization: Authorization;
  backOff?: BackOffOptions;
  /** How long the server may take to acknowledge, in milliseconds. */
  acknowledgeMs: number;
  /** @returns an id whose messages come to this subscription from now on */
  takeId(subscription: Subscription): string;
  /** Messages with this id are ignored from now on. */
  dropId(id: string): void;
  /** The connection on which it may start now. */
  connection(): Connection | null;
  /** Called when a connection does not respond. */
  unanswered(connection: Connection, reason: ApiError): void;
  /** Called when it has ended, before the sink is. */
  over(subscription: Subscription): void;
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

/** The same subscription once more on the same connection, with credentials that are valid longer. */
interface Renewal {
  id: string;
  expiry: number;
  timer: ReturnType<typeof setTimeout>;
}

type Message = Parameters<ConnectionEvents['message']>[0];

/** How long before their end credentials are renewed, in milliseconds, at the most; a fifth of their life if that is less. */
const RENEWAL_MS = 60_000;

/** One subscription, across successive connections and credentials. */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #sink: Sink<never>;
  #id: string;
  #state: SubscriptionState = { is: 'parted' };
  /** Refused in a row. */
  #attempts = 0;
  /** Whether the last credentials were refused. */
  #forceRefresh = false;
  /** When the credentials of the running subscription end, in epoch milliseconds. */
  #expiry = Infinity;
  #renewal: Renewal | null = null;
  readonly #renewalDue = alarm(() => void this.#renew());

  constructor(options: SubscriptionOptions, sink: Sink<never>) {
    this.#options = options;
    this.#sink = sink;
    this.#id = options.takeId(this);
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
      const headers = await this.#credentials(this.#forceRefresh);
      if (this.#state === starting) {
        this.#expiry = expiryOf(headers, true);
        connection.start(this.#id, this.#options.data, headers);
        this.#become({ is: 'started', timer: this.#patience(connection) });
      }
    } catch (error) {
      if (this.#state === starting) {
        this.#startAgain(asApiError(error));
      }
    }
  }

  receive(message: Message): void {
    if (message.id === this.#renewal?.id) {
      return this.#receiveRenewed(message, this.#renewal);
    }
    switch (message.type) {
      case 'start_ack':
        this.#become({ is: 'acknowledged' });
        this.#attempts = 0;
        this.#forceRefresh = false;
        this.#scheduleRenewal();
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

  /** Unsubscribes at the server, and ends. */
  stop(): void {
    const { connection } = this.#options;
    connection()?.stop(this.#id);
    if (this.#renewal) {
      connection()?.stop(this.#renewal.id);
    }
    this.end();
  }

  end(): void {
    this.#become({ is: 'over' });
    this.#options.dropId(this.#id);
    this.#options.over(this);
  }

  /** The only place that changes the state: stops the last one's timer and renewal. */
  #become(next: SubscriptionState): void {
    if ('timer' in this.#state) {
      clearTimeout(this.#state.timer);
    }
    this.#renewalDue.at(Infinity);
    this.#dropRenewal();
    this.#state = next;
  }

  #credentials(forceRefresh: boolean): Promise<Record<string, string>> {
    return realtimeCredentials(this.#options, { path: '', body: this.#options.data, forceRefresh });
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

  #scheduleRenewal(): void {
    const lifeMs = this.#expiry - Date.now();
    this.#renewalDue.at(this.#expiry - Math.min(RENEWAL_MS, lifeMs / 5));
  }

  /** Starts a second time with new credentials; the first goes on until the server has acknowledged. */
  async #renew(): Promise<void> {
    const { connection, data, takeId } = this.#options;
    const state = this.#state;
    const on = connection();
    try {
      const headers = await this.#laterCredentials();
      if (on && this.#state === state && on === connection()) {
        const id = takeId(this);
        this.#renewal = { id, expiry: expiryOf(headers, true), timer: this.#patience(on) };
        on.start(id, data, headers);
      }
    } catch (error) {
      if (this.#state === state) {
        this.#renewAgain(asApiError(error));
      }
    }
  }

  /** Credentials that are valid longer than the present ones: a cache may still have those. */
  async #laterCredentials(): Promise<Record<string, string>> {
    if (!this.#forceRefresh) {
      const headers = await this.#credentials(false);
      if (expiryOf(headers, true) > this.#expiry) {
        return headers;
      }
    }
    return this.#credentials(true);
  }

  #receiveRenewed(message: Message, { id, expiry }: Renewal): void {
    switch (message.type) {
      case 'start_ack':
        this.#replaceBy(id, expiry);
        return;
      case 'data':
        return; // The one that goes on delivers it as well.
      case 'error':
        return this.#renewAgain(failureOf(errorsOf(message.payload)));
      case 'complete':
        return this.#renewAgain(new ApiError('the server has ended the renewed subscription', 'retry'));
    }
  }

  #replaceBy(id: string, expiry: number): void {
    const { connection, dropId } = this.#options;
    connection()?.stop(this.#id);
    dropId(this.#id);
    clearTimeout(this.#renewal?.timer);
    this.#renewal = null;
    this.#id = id;
    this.#expiry = expiry;
    this.#attempts = 0;
    this.#forceRefresh = false;
    this.#scheduleRenewal();
  }

  /** Tries again while the present credentials last; after that the subscription cannot be relied on. */
  #renewAgain(reason: ApiError): void {
    this.#dropRenewal();
    const isRefusedTwice = reason.remedy === 'credentials' && this.#forceRefresh;
    if (reason.remedy === 'none' || isRefusedTwice || Date.now() >= this.#expiry) {
      this.#options.connection()?.stop(this.#id);
      this.#options.dropId(this.#id);
      this.#id = this.#options.takeId(this);
      return this.#startAgain(reason);
    }
    this.#forceRefresh = reason.remedy === 'credentials';
    const wait = Math.max(backOff(this.#attempts++, this.#options.backOff), reason.retryAfterMs);
    this.#renewalDue.at(Math.min(Date.now() + wait, this.#expiry));
  }

  #dropRenewal(): void {
    if (this.#renewal) {
      clearTimeout(this.#renewal.timer);
      this.#options.dropId(this.#renewal.id);
      this.#renewal = null;
    }
  }
}
