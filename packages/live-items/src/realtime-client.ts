import { ApiError } from './api-error.ts';
import type { Authorization } from './authorization.ts';
import type { BackOffOptions } from './back-off.ts';
import type { WebSocketClass } from './connection.ts';
import { Link } from './link.ts';
import { type Operation, realtimeUrlOf, startData } from './protocol.ts';
import { type Sink, Subscription } from './subscription.ts';

export interface RealtimeOptions {
  /** The API's URL: `https://….appsync-api.REGION.amazonaws.com/graphql`. */
  url: string;
  /** Default: the URL that AppSync derives from `url`. */
  realtimeUrl?: string;
  authorization: Authorization;
  /** Default: the global one. Node.js has one from version 22 on; before, pass the class of `ws`. */
  webSocket?: WebSocketClass;
  backOff?: BackOffOptions;
  /** How long the server may be silent, in milliseconds. Default: what the server says, which is 5 minutes on AppSync. */
  keepAliveMs?: number;
  /** Called with every message from the server, keep-alives included. */
  onMessage?(): void;
}

export interface RealtimeClient {
  /** @returns a function that ends the subscription */
  subscribe<Data>(operation: Operation, sink: Sink<Data>): () => void;
  /**
   * Reconnects at once, in place of the waiting attempt or of the current connection, which may be open and dead after a sleep
   * or in another network.
   *
   * @param reason passed to the sinks. Default: `a new connection was asked for`
   */
  reconnect(reason?: ApiError): void;
}

/** How long Amplify waits for `connection_ack` and `start_ack`, in milliseconds. */
const ACKNOWLEDGE_MS = 15_000;
/** Subscriptions over one connection, which exists while there are subscriptions and reconnects when it is lost. */
export function createRealtimeClient(options: RealtimeOptions): RealtimeClient {
  const { url, realtimeUrl = realtimeUrlOf(url) } = options;
  const shared = { ...options, realtimeUrl, acknowledgeMs: ACKNOWLEDGE_MS };
  const subscriptions = new Set<Subscription>();
  /** By the ids that their messages have. */
  const receivers = new Map<string, Subscription>();
  let lastId = 0;

  const link = new Link(
    { ...shared, webSocket: webSocketOf(options) },
    {
      opened: () => subscriptions.forEach((each) => void each.start()),
      heard: () => options.onMessage?.(),
      message: (message) => receivers.get(message.id)?.receive(message),
      interrupted: (reason) => subscriptions.forEach((each) => each.part(reason)),
      refused: (reason) => [...subscriptions].forEach((each) => each.refuse(reason)),
    },
  );

  function takeId(subscription: Subscription): string {
    const id = String(++lastId);
    receivers.set(id, subscription);
    return id;
  }

  function remove(subscription: Subscription): void {
    subscriptions.delete(subscription);
    if (subscriptions.size === 0) {
      link.close();
    }
  }

  return {
    subscribe(operation, sink) {
      const subscription = new Subscription(
        {
          ...shared,
          data: startData(operation),
          takeId,
          dropId: (id) => receivers.delete(id),
          connection: () => link.connection,
          unanswered: (connection, reason) => link.abandon(connection, reason),
          over: remove,
        },
        sink,
      );
      subscriptions.add(subscription);
      link.open();
      void subscription.start();
      return () => {
        if (subscriptions.has(subscription)) {
          subscription.stop();
        }
      };
    },
    reconnect: (reason = new ApiError('a new connection was asked for', 'retry')) => link.redial(reason),
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
