import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { RequestRefused } from '../auth/caller.ts';
import type { Admit } from './admission.ts';
import { headersOf } from './node-request.ts';

export interface PassThroughOptions {
  /** `http://HOST:PORT` of the DynamoDB behind it. */
  to: string;
  admit: Admit;
}

export interface PassThrough {
  /** `http://127.0.0.1:PORT` */
  url: string;
  close(): Promise<void>;
}

/** These end at a proxy (RFC 9110 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Opens a DynamoDB endpoint for tools: a loopback port that forwards every admitted request unchanged, and its response. The
 * DynamoDB behind it admits everybody, including web pages, so it listens on a port that browsers refuse.
 */
export async function openPassThrough({ to, admit }: PassThroughOptions): Promise<PassThrough> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((message, out) => {
    const origin = admitted(admit, message, out);
    if (origin !== undefined) {
      forward(new URL(to), agent, origin, message, out);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

/** @returns undefined when the request was refused and answered */
function admitted(admit: Admit, message: IncomingMessage, out: ServerResponse): string | null | undefined {
  try {
    return admit({ method: message.method ?? 'GET', headers: headersOf(message.rawHeaders) });
  } catch (error) {
    if (!(error instanceof RequestRefused)) {
      throw error;
    }
    answerError(out, error.status, error.errorType, error.message);
    return undefined;
  }
}

function forward(
  { hostname, port }: URL,
  agent: Agent,
  origin: string | null,
  message: IncomingMessage,
  out: ServerResponse,
): void {
  const { method, url: path } = message;
  const headers = endToEnd(message);
  const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
    out.writeHead(answer.statusCode ?? 502, withCors(endToEnd(answer), origin));
    pipeline(answer, out, () => undefined);
  });
  onward.on('error', () => {
    if (out.headersSent) {
      return void out.destroy();
    }
    answerError(out, 503, 'ServiceUnavailable', 'the DynamoDB engine of this server does not answer');
  });
  out.on('close', () => onward.destroy());
  pipeline(message, onward, () => undefined);
}

export const endToEnd = ({ headers }: IncomingMessage): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));

/** Replaces the engine's own header, which would let pages of any origin read the response. */
function withCors(headers: OutgoingHttpHeaders, origin: string | null): OutgoingHttpHeaders {
  delete headers['access-control-allow-origin'];
  return { ...headers, vary: 'Origin', ...(origin !== null && { 'access-control-allow-origin': origin }) };
}

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
