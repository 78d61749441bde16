import { ApiError, failureOf } from './api-error.ts';
import { errorsOf, initMessage, type ServerMessage, startMessage, stopMessage } from './protocol.ts';

/** The part of a WebSocket that is needed; those of browsers, Node.js 22, React Native and `ws` have it. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export type WebSocketClass = new (url: string, protocols: string[]) => WebSocketLike;

export interface ConnectionEvents {
  /** The server has acknowledged the connection: subscriptions may start. */
  opened(): void;
  /** A message came, keep-alives included. */
  heard(): void;
  /** A message about a subscription. */
  message(message: Extract<ServerMessage, { id?: string }> & { id: string }): void;
  /** The connection is lost; called once, and never after `close()`. */
  lost(reason: ApiError): void;
}

export interface Connection {
  start(id: string, data: string, authorization: Record<string, string>): void;
  stop(id: string): void;
  close(): void;
}

export interface ConnectionLimits {
  /** How long the server may take to acknowledge, in milliseconds. */
  acknowledgeMs: number;
  /** How long the server may be silent; undefined: as long as its acknowledgement says. */
  keepAliveMs?: number;
}

/** For an acknowledgement without a time (AppSync developer guide: 5 minutes). */
const DEFAULT_KEEP_ALIVE_MS = 300_000;

/**
 * One connection, from the handshake to its loss: AppSync's protocol over one socket.
 *
 * @param open creates the socket, before the protocol begins
 */
export function openConnection(
  open: () => WebSocketLike,
  events: ConnectionEvents,
  { acknowledgeMs, keepAliveMs }: ConnectionLimits,
): Connection {
  const socket = open();
  let silence = setTimeout(() => lose(`no connection_ack within ${acknowledgeMs} ms`), acknowledgeMs);
  /** The limit of the server's silence; null until it has acknowledged, since nothing else counts before. */
  let patienceMs: number | null = null;
  let over = false;

  function end(): boolean {
    if (over) {
      return false;
    }
    over = true;
    clearTimeout(silence);
    // A socket that never opened reports that it was closed; `ws` throws errors without a listener.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => undefined;
    socket.close(1000);
    return true;
  }

  const fail = (reason: ApiError): void => {
    if (end()) {
      events.lost(reason);
    }
  };
  const lose = (message: string): void => fail(new ApiError(message, 'retry'));

  function heard(): void {
    if (patienceMs !== null) {
      clearTimeout(silence);
      silence = setTimeout(() => lose(`the server was silent for ${patienceMs} ms`), patienceMs);
    }
  }

  function receive(message: ServerMessage): void {
    switch (message.type) {
      case 'connection_ack':
        patienceMs = keepAliveMs ?? message.payload?.connectionTimeoutMs ?? DEFAULT_KEEP_ALIVE_MS;
        return events.opened();
      case 'connection_error':
        return fail(failureOf(errorsOf(message.payload)));
      case 'ka':
        return;
      default:
        // Without an id the server did not understand the message.
        return message.id === undefined
          ? fail(failureOf(errorsOf(message.type === 'error' ? message.payload : {})))
          : events.message(message as Parameters<ConnectionEvents['message']>[0]);
    }
  }

  socket.onopen = () => socket.send(initMessage());
  socket.onmessage = ({ data }: { data: unknown }) => {
    receive(JSON.parse(String(data)) as ServerMessage);
    if (!over) {
      heard();
      events.heard();
    }
  };
  socket.onerror = ({ message }: { message?: string }) => lose(message ?? 'the connection failed');
  socket.onclose = ({ code }: { code?: number }) => lose(`the connection was closed with code ${code}`);

  return {
    start: (id, data, authorization) => over || socket.send(startMessage(id, data, authorization)),
    stop: (id) => over || socket.send(stopMessage(id)),
    close: () => void end(),
  };
}
