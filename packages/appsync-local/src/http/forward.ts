import { once } from 'node:events';
import { type Agent, createServer, request } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** A port that stands before a DynamoDB. */
export interface PassThrough {
  /** `http://127.0.0.1:PORT` */
  url: string;
  close(): Promise<void>;
}

/** Where requests go, over connections that are kept. */
export interface Engine {
  /** `http://HOST:PORT` */
  to: URL;
  agent: Agent;
}

/**
 * Listens on a free loopback port. Closing it ends its connections and those to the engine.
 * @param closeEngine ends the latter
 */
export async function openLoopback(
  serve: (message: IncomingMessage, out: ServerResponse) => void,
  closeEngine: () => unknown,
): Promise<PassThrough> {
  const server = createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closeEngine();
      await closed;
    },
  };
}

export interface Forwarded {
  /** Changes the headers of the answer. @default they stay */
  headers?(headers: OutgoingHttpHeaders): OutgoingHttpHeaders;
}

/** Hands a request on to the engine, and its response back. */
export function forward(
  { to: { hostname, port }, agent }: Engine,
  message: IncomingMessage,
  out: ServerResponse,
  { headers: answered = (same) => same }: Forwarded = {},
): void {
  const { method, url: path } = message;
  const onward = request({ hostname, port, method, path, headers: endToEnd(message), agent }, (answer) => {
    out.writeHead(answer.statusCode ?? 502, answered(endToEnd(answer)));
    pipeline(answer, out, () => undefined);
  });
  onward.on('error', () => {
    if (out.headersSent) {
      return void out.destroy();
    }
    answerUnavailable(out);
  });
  out.on('close', () => onward.destroy());
  pipeline(message, onward, () => undefined);
}

export const answerUnavailable = (out: ServerResponse): void =>
  answerError(out, 503, 'ServiceUnavailable', 'the DynamoDB engine of this server does not answer');

/** These end at a proxy (RFC 9110 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

const endToEnd = ({ headers }: IncomingMessage): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));

/** In DynamoDB's form (developer guide, "Error handling with DynamoDB"). */
export function answerError(out: ServerResponse, status: number, type: string, message: string): void {
  const body = JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message });
  out.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    vary: 'Origin',
  });
  out.end(body);
}
