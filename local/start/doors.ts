import type { Certificate } from '../http/certificate.ts';
import { listen } from '../http/listen.ts';
import type { Handle, LogFailure } from '../http/message.ts';
import { createWebSocketDoor, type WebSocketOptions } from '../http/web-socket.ts';
import type { LocalOptions } from '../options.ts';
import type { Close } from './logs.ts';

/** Where people and clients find the server. */
export interface LocalUrls {
  graphql: string;
  realtime: string;
  console: string;
  dynamoDb: string;
}

/** Opens the one port for HTTP and WebSocket, plain and over TLS; answers which it is. */
export async function openDoors(
  options: LocalOptions,
  certificate: () => Promise<Certificate>,
  handle: Handle,
  connect: WebSocketOptions['open'],
  log: LogFailure,
  closers: Close[],
): Promise<number> {
  const webSockets = createWebSocketDoor({ open: connect, log });
  const listener = await listen({
    host: options.host,
    port: options.port,
    certificate,
    handle,
    upgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    log,
  });
  closers.push(() => listener.close());
  closers.push(() => webSockets.close());
  return listener.port;
}

export function urlsOf(host: string | undefined, port: number, dynamoDb: string): LocalUrls {
  const name =
    !host || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    graphql: `http://${name}:${port}/graphql`,
    realtime: `ws://${name}:${port}/graphql/realtime`,
    console: `http://${name}:${port}/`,
    dynamoDb,
  };
}
