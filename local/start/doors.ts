import type { Certificate } from '../http/certificate.ts';
import { listen } from '../http/listen.ts';
import type { Handle, LogFailure } from '../http/message.ts';
import { createWebSocketDoor, type WebSocketDoor, type WebSocketOptions } from '../http/web-socket.ts';
import type { LocalOptions } from '../options.ts';
import type { Close } from './logs.ts';

/** Where people and clients find the server. */
export interface LocalUrls {
  graphql: string;
  realtime: string;
  console: string;
  dynamoDb: string;
}

/** The one port for HTTP and WebSocket, plain and over TLS. */
export interface Doors {
  port: number;
  /** Lets in those who have come, and whoever comes. */
  open(handle: Handle, connect: WebSocketOptions['open']): void;
}

interface Opened {
  handle: Handle;
  webSockets: WebSocketDoor;
}

/**
 * Takes the port before anything else is started, because the template names it: a Lambda function may be given the URL of the API. A client that comes early waits.
 *
 * @throws StartFailure when the port cannot be had
 */
export async function bindDoors(
  options: LocalOptions,
  certificate: () => Promise<Certificate>,
  log: LogFailure,
  closers: Close[],
): Promise<Doors> {
  let letIn: (opened: Opened) => void = () => undefined;
  const opened = new Promise<Opened>((resolve) => (letIn = resolve));
  let answer: Handle = async (request) => (await opened).handle(request);
  const listener = await listen({
    host: options.host,
    port: options.port,
    certificate,
    handle: (request) => answer(request),
    upgrade(request, socket, head) {
      socket.on('error', () => undefined);
      void opened.then(({ webSockets }) => webSockets.upgrade(request, socket, head));
    },
    log,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= listener.close());
  closers.push(close);
  return {
    port: listener.port,
    open(handle, connect) {
      const webSockets = createWebSocketDoor({ open: connect, log });
      // Before what requests need, all of which has been started by now.
      closers.push(close);
      closers.push(() => webSockets.close());
      answer = handle;
      letIn({ handle, webSockets });
    },
  };
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
