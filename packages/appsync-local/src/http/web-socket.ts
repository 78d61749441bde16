import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';
import { RequestRefused } from '../auth/caller.ts';
import type { Admit } from './admission.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { splitTarget } from './message.ts';
import type { LogFailure } from './message.ts';
import { addressOf, headersOf } from './node-request.ts';
import { createTextFrames, type TextFrames } from './text-frame.ts';

/** The client's side of the handshake; it may contain credentials (docs/facts/real-time.md#credentials). */
export interface Handshake {
  /** Path with query string, as sent. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string | string[]>;
  /** Subprotocols in the order offered, such as `graphql-ws` and `header-…`. */
  protocols: string[];
  remoteAddress: string;
}

/** The server's end of a connection. After the client has disconnected, all calls do nothing. */
export interface RealtimeSocket {
  /**
   * @param frame the text of a message, or its UTF-8 in parts
   * @returns true when so little is buffered that the caller need not check `bufferedBytes`
   */
  send(frame: string | readonly Buffer[]): boolean | void;
  /** @param code a close code of RFC 6455 7.4 @param reason cut to the 123 bytes that RFC 6455 5.5 allows */
  close(code: number, reason: string): void;
  /** Bytes passed to `send` that the client has not received yet. */
  bufferedBytes(): number;
}

/** The protocol's side: receives each message, and the end. */
export interface RealtimeConnection {
  receive(text: string): void;
  closed(): void;
}

export interface WebSocketOptions {
  /** Checks the upgrade request before anything else. */
  admit: Admit;
  open(handshake: Handshake, socket: RealtimeSocket): RealtimeConnection;
  log: LogFailure;
  /** Milliseconds between pings; a client that missed one is dropped. @default 30000 */
  pingIntervalMs?: number;
  /**
   * Milliseconds for a client to answer a close frame. The buffer of a client that reads nothing is kept no longer than this.
   * @default 5000
   */
  closeTimeoutMs?: number;
}

export interface WebSocketDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every connection (1001) and accepts no more. */
  close(): void;
}

/** The paths that Amplify uses, Apollo behind its proxy option, and clients that keep the path (measured 2026-11-23). */
const PATHS = new Set(['/graphql/realtime', '/realtime', '/graphql']);

const SUBPROTOCOL = 'graphql-ws';

const PING_INTERVAL_MS = 30_000;

const CLOSE_TIMEOUT_MS = 5_000;

const MAX_REASON_BYTES = 123;

/** The library's types lack its `closeTimeout`. */
const serverOptions = (closeTimeout: number): ServerOptions & { closeTimeout: number } => ({
  noServer: true,
  maxPayload: MAX_BODY_BYTES,
  perMessageDeflate: false,
  closeTimeout,
});

/** The real-time endpoint; the only file that uses the WebSocket library. */
export function createWebSocketDoor(options: WebSocketOptions): WebSocketDoor {
  const server = new WebSocketServer(serverOptions(options.closeTimeoutMs ?? CLOSE_TIMEOUT_MS));
  const frames = createTextFrames();
  const stopPinging = keepPinging(server, options.pingIntervalMs ?? PING_INTERVAL_MS);
  let open = true;

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => undefined);
      if (!open) {
        return refuse(socket, 503);
      }
      const handshake = handshakeOf(request);
      if (!isAdmitted(options.admit, handshake)) {
        return refuse(socket, 403);
      }
      if (!PATHS.has(splitTarget(handshake.url).path)) {
        return refuse(socket, 404);
      }
      offerOnly(request, handshake.protocols.includes(SUBPROTOCOL));
      server.handleUpgrade(request, socket, head, (webSocket) =>
        serve(webSocket, new ClientSocket(webSocket, socket, frames), handshake, options),
      );
    },
    close() {
      open = false;
      stopPinging();
      for (const client of server.clients) {
        client.close(1001, 'the server stops');
      }
    },
  };
}

/** Refuses before the upgrade; a browser tells its page only that the connection failed. */
function isAdmitted(admit: Admit, { headers }: Handshake): boolean {
  try {
    admit({ method: 'GET', headers });
    return true;
  } catch (error) {
    if (error instanceof RequestRefused) {
      return false;
    }
    throw error;
  }
}

/**
 * Amplify and Apollo offer a second subprotocol that carries the credentials; browsers require `graphql-ws` in the response. A
 * client that does not offer that is accepted without a subprotocol: the protocol then tells it why it cannot stay, as AppSync
 * does. The library does not see the original offer, because it would refuse padded base64, which is not a token (RFC 9110).
 */
function offerOnly({ headers }: IncomingMessage, offered: boolean): void {
  if (offered) {
    headers['sec-websocket-protocol'] = SUBPROTOCOL;
  } else {
    delete headers['sec-websocket-protocol'];
  }
}

function serve(
  webSocket: WebSocket,
  socket: RealtimeSocket,
  handshake: Handshake,
  options: WebSocketOptions,
): void {
  // An error (a frame over the limit, a reset) is always followed by 'close', which is enough for the protocol.
  webSocket.on('error', () => undefined);
  const guard = guarded(webSocket, options);
  const connection = guard(() => options.open(handshake, socket));
  if (connection === undefined) {
    return;
  }
  webSocket.on('message', (data) => guard(() => connection.receive(data.toString())));
  webSocket.on('close', () => guard(() => connection.closed()));
}

const handshakeOf = (request: IncomingMessage): Handshake => ({
  url: request.url ?? '/',
  headers: headersOf(request.rawHeaders),
  protocols: protocolsOf(request),
  remoteAddress: addressOf(request),
});

const protocolsOf = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** A class, because a message sent to thousands passes thousands of them: `realtime/channel.ts` says what a closure costs. */
class ClientSocket implements RealtimeSocket {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #frames: TextFrames;

  constructor(webSocket: WebSocket, socket: Duplex, frames: TextFrames) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#frames = frames;
  }

  send(frame: string | readonly Buffer[]): boolean | void {
    if (this.#webSocket.readyState !== WebSocket.OPEN) {
      return;
    }
    if (typeof frame === 'string') {
      return this.#webSocket.send(frame);
    }
    const keepsUp = this.#socket.write(this.#frames.of(frame));
    // A socket that has nothing left to write has handed every byte to the system, or to TLS, which copies.
    if (this.#socket.writableLength > 0) {
      this.#frames.keep();
    }
    return keepsUp;
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, shortened(reason));
  }

  bufferedBytes(): number {
    return this.#webSocket.bufferedAmount;
  }
}

/** Never ends in the middle of a character: a streaming decoder holds an incomplete one back. */
function shortened(reason: string): string {
  const bytes = Buffer.from(reason).subarray(0, MAX_REASON_BYTES);
  return new TextDecoder().decode(bytes, { stream: true });
}

/** A bug of ours ends one connection (1011, internal error), never the process. */
const guarded =
  (webSocket: WebSocket, { log }: WebSocketOptions) =>
  <Result>(run: () => Result): Result | undefined => {
    try {
      return run();
    } catch (error) {
      log({ error });
      webSocket.close(1011, 'internal error');
      return undefined;
    }
  };

function refuse(socket: Duplex, status: 403 | 404 | 503): void {
  // This socket no longer has a time-out, so its end must not depend on the client's closing its half.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Detects clients that disappeared silently, such as a laptop that went to sleep. */
function keepPinging(server: WebSocketServer, intervalMs: number): () => void {
  const waiting = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const client of server.clients) {
      if (waiting.has(client)) {
        client.terminate();
        continue;
      }
      waiting.add(client);
      client.once('pong', () => waiting.delete(client));
      client.ping();
    }
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
