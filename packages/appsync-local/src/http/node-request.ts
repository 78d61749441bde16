import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { readBody } from './body.ts';
import { splitTarget } from './message.ts';
import type { HttpRequest } from './message.ts';

/**
 * Headers with lower-case names; a repeated one becomes an array, as in `ctx.request.headers`
 * (docs/facts/resolvers.md#request-headers).
 */
export function headersOf(rawHeaders: readonly string[]): Record<string, string | string[]> {
  const headers = Object.create(null) as Record<string, string | string[]>;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const value = rawHeaders[i + 1]!;
    const earlier = headers[name];
    if (earlier === undefined) {
      headers[name] = value;
    } else if (Array.isArray(earlier)) {
      earlier.push(value);
    } else {
      headers[name] = [earlier, value];
    }
  }
  return headers;
}

/** An IPv4 client on an IPv6 socket appears as `::ffff:127.0.0.1`. */
export const addressOf = (message: IncomingMessage): string =>
  (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

/** A request over a port. */
export class NodeRequest implements HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: HttpRequest['headers'];
  readonly remoteAddress: string;
  readonly secure: boolean;
  readonly #message: IncomingMessage;
  readonly #search: string;
  #query: URLSearchParams | undefined;
  #body: Promise<string> | undefined;

  constructor(message: IncomingMessage) {
    const { url, path, search } = splitTarget(message.url ?? '/');
    this.method = message.method ?? 'GET';
    this.url = url;
    this.path = path;
    this.headers = headersOf(message.rawHeaders);
    this.remoteAddress = addressOf(message);
    this.secure = (message.socket as TLSSocket).encrypted === true;
    this.#message = message;
    this.#search = search;
  }

  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.#search));
  }

  body(): Promise<string> {
    return (this.#body ??= readBody(this.#message));
  }
}
