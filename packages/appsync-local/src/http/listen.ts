import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { bindAll } from './bind.ts';
import { firstByte } from './first-byte.ts';
import type { Handle, HttpResponse, LogFailure } from './message.ts';
import { NodeRequest } from './node-request.ts';
import { asPlainRequest, isWebSocketUpgrade } from './upgrade.ts';

export interface ListenOptions {
  /** @default 127.0.0.1 and, if the machine has it, ::1 */
  host?: string;
  /** 0 means any free port. */
  port: number;
  /** Creates the PEM texts; called once, when the first client speaks TLS. */
  certificate: () => Promise<{ key: string; cert: string }>;
  handle: Handle;
  /** Takes over a socket whose client requests a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  log: LogFailure;
  /** Milliseconds that running requests have to finish after `close`. @default 2000 */
  closeGraceMs?: number;
}

export interface Listener {
  port: number;
  /** Addresses that it listens on; `0.0.0.0` and `::` mean all addresses. */
  addresses: string[];
  /** Accepts no more connections, closes idle ones at once and all others after the grace period. */
  close(): Promise<void>;
}

/** The first byte of a TLS handshake record (RFC 8446 5.1); no HTTP method begins with it. */
const TLS_HANDSHAKE = 0x16;

/** Milliseconds that a client may take to send its first byte, its headers, and a whole request. */
const FIRST_BYTE_MS = 10_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/**
 * Milliseconds without a byte in either direction, during a request and between two: AppSync itself gives up after 30 s
 * (docs/facts/limits.md#request-time), and clients close idle connections first. A separate time-out between requests would
 * cost Node.js two new timers for each of them.
 */
const SILENCE_MS = 120_000;

const CLOSE_GRACE_MS = 2_000;

const HTTP_OPTIONS = {
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: 0,
  connectionsCheckingInterval: 2_000,
  /** A token with many groups, sent in the URL as well, exceeds the default of 16 KB. */
  maxHeaderSize: 65_536,
  /** For Node.js 24.9 and later, which otherwise, from 26 on, keeps the body of requests that it treats as upgrades. */
  shouldUpgradeCallback: isWebSocketUpgrade,
};

/**
 * Serves plain HTTP and TLS on one port, because Amplify v6 turns every `http://` endpoint into `wss://` (measured 2026-11-23).
 * A single server of Node.js handles all connections, so its time-outs and its orderly close apply to both kinds.
 *
 * @throws StartFailure when the port cannot be bound.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const sockets = new Set<Socket>();
  const http = createConnectionServer(options, sockets);
  const more = createNetServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    http.emit('connection', socket),
  );
  const { port, addresses, servers } = await bindAll([http, more], options.host, options.port);
  const graceMs = options.closeGraceMs ?? CLOSE_GRACE_MS;
  return { port, addresses, close: () => closeAll(http, servers, sockets, graceMs) };
}

function createConnectionServer(options: ListenOptions, sockets: Set<Socket>): HttpServer {
  const http = createHttpServer(HTTP_OPTIONS, (message, out) => void answer(options, http, message, out));
  http.timeout = SILENCE_MS;
  const serveHttp = http.listeners('connection')[0] as (socket: Duplex) => void;
  const serveTls = createServeTls(options, (socket) => serveHttp.call(http, socket));

  http.removeAllListeners('connection');
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    firstByte(socket, FIRST_BYTE_MS, (byte) =>
      byte === TLS_HANDSHAKE ? serveTls(socket) : serveHttp.call(http, socket),
    );
  });
  http.on('upgrade', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isWebSocketUpgrade(message)) {
      return options.upgrade(message, socket, head);
    }
    socket.unshift(asPlainRequest(message, head));
    serveHttp.call(http, socket);
  });
  return http;
}

/** Creates the TLS server for the first client that requests TLS; meanwhile its socket is not read. */
function createServeTls({ certificate, log }: ListenOptions, serve: (socket: Duplex) => void) {
  let server: Promise<TlsServer> | undefined;
  const create = async (): Promise<TlsServer> => {
    const options = { ALPNProtocols: ['http/1.1'], handshakeTimeout: HEADERS_MS };
    const tls = createTlsServer({ ...(await certificate()), ...options });
    tls.on('secureConnection', serve);
    tls.on('tlsClientError', (_error, socket) => socket.destroy());
    return tls;
  };
  return (socket: Socket): void => {
    server ??= create();
    server.then(
      (tls) => tls.emit('connection', socket),
      (error: unknown) => {
        log({ error });
        socket.destroy();
      },
    );
  };
}

async function answer(
  { handle, log }: ListenOptions,
  http: HttpServer,
  message: IncomingMessage,
  out: ServerResponse,
): Promise<void> {
  try {
    const response = await handle(new NodeRequest(message));
    if (!out.destroyed) {
      write(out, response, http.listening);
    }
  } catch (error) {
    log({ error });
    out.destroy();
  }
}

function write(out: ServerResponse, { status, headers, body }: HttpResponse, stays: boolean): void {
  const flat = ['Content-Length', String(Buffer.byteLength(body))];
  if (!stays) {
    flat.push('Connection', 'close');
  }
  for (const name of Object.keys(headers)) {
    flat.push(name, headers[name]!);
  }
  out.writeHead(status, flat);
  out.end(body);
}

async function closeAll(
  http: HttpServer,
  servers: Server[],
  sockets: Set<Socket>,
  graceMs: number,
): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  http.closeIdleConnections();
  for (const socket of sockets) {
    if (socket.bytesRead === 0) {
      socket.destroy();
    }
  }
  const grace = setTimeout(() => sockets.forEach((socket) => socket.destroy()), graceMs);
  await Promise.all(closed);
  clearTimeout(grace);
}
