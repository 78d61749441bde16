import type { Authorization } from './authorization.ts';
import { backOff, type BackOffOptions } from './back-off.ts';
import { type Connection, openConnection, type WebSocketClass } from './connection.ts';
import { ApiError, asApiError, type ErrorEntry, failureOf } from './failure.ts';
import {
  errorsOf,
  headerObject,
  type Operation,
  realtimeHeaders,
  realtimeUrlOf,
  type ServerMessage,
  startData,
  subProtocols,
} from './protocol.ts';

export interface RealtimeOptions {
  /** The API's URL: `https://….appsync-api.REGION.amazonaws.com/graphql`. */
  url: string;
  /** Default: what AppSync derives from `url`. */
  realtimeUrl?: string;
  authorization: Authorization;
  /** Default: the global one. Node.js has one from version 22 on; before, hand over the class of `ws`. */
  webSocket?: WebSocketClass;
  backOff?: BackOffOptions;
  /** How long the server may be silent, in milliseconds. Default: what it says, which is 5 minutes on AppSync. */
  keepAliveMs?: number;
}

/** Who hears of a subscription. */
export interface Sink<Data> {
  next(result: { data: Data; errors?: readonly ErrorEntry[] }): void;
  /** The subscription is refused for good, or its credentials were refused twice. Nothing follows. */
  error(error: ApiError): void;
  /** The server has ended the subscription (an invalidation). Nothing follows. */
  complete?(): void;
  /** The server has acknowledged: what happens from now on is heard. Again after each interruption. */
  subscribed?(): void;
  /** The connection is gone, and attempts to bring it back have begun. What happens now is missed. */
  interrupted?(reason: ApiError): void;
}

export interface RealtimeClient {
  /** @returns what ends the subscription */
  subscribe<Data>(operation: Operation, sink: Sink<Data>): () => void;
  /**
   * Connects at once, in place of the attempt that waits for its time or of the connection there is: after a sleep, or in another
   * network, that one may be open and dead. An attempt that is being made goes on.
   */
  reconnect(): void;
}

/** Amplify's own patience with `connection_ack` and `start_ack`, in milliseconds. */
const ACKNOWLEDGE_MS = 15_000;
/** A connection that lived this long, in milliseconds, was a good one: the next wait is a short one again. */
const STEADY_MS = 5_000;

interface Subscription {
  data: string;
  sink: Sink<never>;
  /** The timer of its `start_ack`, or of its next attempt. */
  timer?: ReturnType<typeof setTimeout>;
  attempts: number;
  forceRefresh: boolean;
}

/** Subscriptions over one connection, which is there as long as there are subscriptions and comes back when it is lost. */
export function createRealtimeClient(options: RealtimeOptions): RealtimeClient {
  const { url, realtimeUrl = realtimeUrlOf(url), authorization, keepAliveMs } = options;
  const Socket = webSocketOf(options);
  const subscriptions = new Map<string, Subscription>();
  let connection: Connection | null = null;
  /** Whether subscriptions may start on the connection. */
  let opened = false;
  let lastId = 0;
  let attempts = 0;
  let forceRefresh = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** Tells an attempt that another one has taken its place. */
  let generation = 0;

  const credentials = async (
    path: string,
    body: string,
    refresh: boolean,
  ): Promise<Record<string, string>> => {
    const headers = realtimeHeaders(url);
    const answered = await authorization({ url: `${url}${path}`, body, headers, forceRefresh: refresh });
    return headerObject(url, answered);
  };

  async function connect(): Promise<void> {
    clearTimeout(waiting);
    waiting = undefined;
    const mine = ++generation;
    let openedAt = Infinity;
    try {
      const protocols = subProtocols(await credentials('/connect', '{}', forceRefresh));
      if (mine !== generation) {
        return;
      }
      connection = openConnection(
        () => new Socket(realtimeUrl, protocols),
        {
          opened: () => {
            openedAt = Date.now();
            opened = true;
            forceRefresh = false;
            subscriptions.forEach((_, id) => void start(id));
          },
          message: receive,
          lost: (reason) => {
            attempts = Date.now() - openedAt >= STEADY_MS ? 0 : attempts;
            lost(reason);
          },
        },
        { acknowledgeMs: ACKNOWLEDGE_MS, keepAliveMs },
      );
    } catch (error) {
      if (mine === generation) {
        lost(asApiError(error));
      }
    }
  }

  function lost(reason: ApiError): void {
    connection = null;
    opened = false;
    subscriptions.forEach(({ timer }) => clearTimeout(timer));
    if (reason.remedy === 'none' || (reason.remedy === 'credentials' && forceRefresh)) {
      forceRefresh = false;
      return [...subscriptions.keys()].forEach((id) => refuse(id, reason));
    }
    forceRefresh = reason.remedy === 'credentials';
    waiting = setTimeout(() => void connect(), backOff(attempts++, options.backOff));
    subscriptions.forEach(({ sink }) => sink.interrupted?.(reason));
  }

  /** Ends a connection of which nobody knows whether it still hears. */
  function dismiss(): void {
    connection?.close();
    connection = null;
    opened = false;
    const reason = new ApiError('a new connection was asked for', 'retry');
    subscriptions.forEach(({ timer, sink }) => {
      clearTimeout(timer);
      sink.interrupted?.(reason);
    });
  }

  async function start(id: string): Promise<void> {
    const on = connection;
    const subscription = subscriptions.get(id);
    if (!subscription || !on || !opened) {
      return;
    }
    const { data } = subscription;
    clearTimeout(subscription.timer);
    try {
      const headers = await credentials('', data, subscription.forceRefresh);
      if (on === connection && subscriptions.has(id)) {
        on.start(id, data, headers);
        subscription.timer = setTimeout(() => unanswered(on), ACKNOWLEDGE_MS);
      }
    } catch (error) {
      startAgain(id, asApiError(error));
    }
  }

  /** A connection that does not answer is a dead one. */
  function unanswered(on: Connection): void {
    if (on === connection) {
      on.close();
      lost(new ApiError(`no start_ack within ${ACKNOWLEDGE_MS} ms`, 'retry'));
    }
  }

  function startAgain(id: string, reason: ApiError): void {
    const subscription = subscriptions.get(id);
    if (!subscription) {
      return;
    }
    clearTimeout(subscription.timer);
    if (reason.remedy === 'none' || (reason.remedy === 'credentials' && subscription.forceRefresh)) {
      return refuse(id, reason);
    }
    subscription.forceRefresh = reason.remedy === 'credentials';
    const wait = Math.max(backOff(subscription.attempts++, options.backOff), reason.retryAfterMs);
    subscription.timer = setTimeout(() => void start(id), wait);
    subscription.sink.interrupted?.(reason);
  }

  function receive(message: ServerMessage & { id: string }): void {
    const subscription = subscriptions.get(message.id);
    if (!subscription) {
      return;
    }
    switch (message.type) {
      case 'start_ack':
        clearTimeout(subscription.timer);
        Object.assign(subscription, { attempts: 0, forceRefresh: false });
        return subscription.sink.subscribed?.();
      case 'data':
        return subscription.sink.next(message.payload as never);
      case 'error':
        return startAgain(message.id, failureOf(errorsOf(message.payload)));
      case 'complete':
        remove(message.id);
        return subscription.sink.complete?.();
    }
  }

  function refuse(id: string, reason: ApiError): void {
    const { sink } = subscriptions.get(id)!;
    remove(id);
    sink.error(reason);
  }

  function remove(id: string): void {
    clearTimeout(subscriptions.get(id)?.timer);
    subscriptions.delete(id);
    if (subscriptions.size === 0) {
      generation += 1;
      attempts = 0;
      clearTimeout(waiting);
      waiting = undefined;
      connection?.close();
      connection = null;
      opened = false;
    }
  }

  return {
    subscribe(operation, sink) {
      const id = String(++lastId);
      subscriptions.set(id, { data: startData(operation), sink, attempts: 0, forceRefresh: false });
      if (subscriptions.size === 1) {
        void connect();
      } else {
        void start(id);
      }
      return () => {
        if (subscriptions.has(id)) {
          if (opened) {
            connection?.stop(id);
          }
          remove(id);
        }
      };
    },
    reconnect() {
      if (opened) {
        dismiss();
        void (subscriptions.size > 0 && connect());
      } else if (waiting !== undefined) {
        void connect();
      }
    },
  };
}

function webSocketOf({ webSocket }: RealtimeOptions): WebSocketClass {
  const found = webSocket ?? (globalThis as { WebSocket?: unknown }).WebSocket;
  if (found === undefined) {
    throw new ApiError(
      'there is no global WebSocket here: pass the class of ws as the option webSocket',
      'none',
    );
  }
  return found as WebSocketClass;
}
