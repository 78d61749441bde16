import { hostname, networkInterfaces } from 'node:os';
import { createAdmission, type Admit } from '../http/admission.ts';
import type { Certificate } from '../http/certificate.ts';
import { isEveryAddress, isLoopbackAddress } from '../http/host-names.ts';
import { listen } from '../http/listen.ts';
import type { Handle, LogFailure } from '../http/message.ts';
import { createWebSocketDoor, type WebSocketDoor, type WebSocketOptions } from '../http/web-socket.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close } from './logs.ts';

/** The addresses of the server for people and clients. */
export interface LocalUrls {
  graphql: string;
  realtime: string;
  console: string;
  dynamoDb: string;
}

/** The one port for HTTP and WebSocket, plain and over TLS. */
export interface Doors {
  port: number;
  /** The addresses that it listens on; `0.0.0.0` and `::` mean all addresses. */
  addresses: string[];
  /** Whether other machines can reach it, now or once this one joins a network. */
  isExposed: boolean;
  /** Serves queued requests, then new ones. */
  open(handle: Handle, webSocket: Pick<WebSocketOptions, 'admit' | 'open'>): void;
}

interface Opened {
  handle: Handle;
  webSockets: WebSocketDoor;
}

/**
 * Binds the port before anything else starts, because the template contains it: a Lambda function may receive the URL of the
 * API. An early client waits.
 *
 * @throws StartFailure when the port is not available
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
  const { port, addresses } = listener;
  return {
    port,
    addresses,
    isExposed: !addresses.every(isLoopbackAddress),
    open(handle, webSocket) {
      const webSockets = createWebSocketDoor({ ...webSocket, log });
      // Closes before everything that requests need, all of which has been started by now.
      closers.push(close);
      closers.push(() => webSockets.close());
      answer = handle;
      letIn({ handle, webSockets });
    },
  };
}

/** Who may use the DynamoDB endpoint: programs of this machine, and pages that an option allows. */
export const openDynamoDbAdmission = (
  { allowedHosts = [], allowedOrigins = [] }: LocalOptions,
  report: (line: string) => void,
): Admit => createAdmission({ hostNames: allowedHosts, origins: allowedOrigins, listedOnly: true, report });

/** Addresses by which other machines can reach it: this machine's own, when it listens on all of them. */
export function exposedAmong({ addresses }: Pick<Doors, 'addresses'>): string[] {
  const own = Object.values(networkInterfaces()).flatMap((infos = []) => infos.map(({ address }) => address));
  const listening = addresses.some(isEveryAddress) ? own : addresses;
  return listening.filter((address) => !isLoopbackAddress(address));
}

/** Who may use the server: the names that it is known by, and the pages that may call it. */
export function openAdmission(
  { host, allowedHosts = [], allowedOrigins = [] }: LocalOptions,
  { addresses, isExposed }: Pick<Doors, 'addresses' | 'isExposed'>,
  report: (line: string) => void,
): Admit {
  const own = isExposed ? [hostname(), `${hostname()}.local`] : [];
  return createAdmission({
    hostNames: [...(host === undefined ? [] : [host]), ...own, ...allowedHosts],
    anyAddress: addresses.some(isEveryAddress),
    origins: allowedOrigins,
    report,
  });
}

export function urlsOf(host: string | undefined, port: number, dynamoDb: string): LocalUrls {
  const name = !host || isEveryAddress(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    graphql: `http://${name}:${port}/graphql`,
    realtime: `ws://${name}:${port}/graphql/realtime`,
    console: `http://${name}:${port}/`,
    dynamoDb,
  };
}
