import type { IncomingMessage } from 'node:http';

export const isWebSocketUpgrade = (message: IncomingMessage): boolean =>
  message.headers.upgrade?.toLowerCase() === 'websocket';

const OFFER = new Set(['connection', 'upgrade', 'http2-settings']);

/**
 * Returns the bytes of a request without its offer to switch protocols. Java's HttpClient and `curl --http2` offer HTTP/2 with
 * every request to an `http://` URL; a server may ignore that (RFC 9110 7.8), but Node.js treats it as an upgrade.
 */
export function asPlainRequest(message: IncomingMessage, rest: Buffer): Buffer {
  const lines = [`${message.method} ${message.url} HTTP/${message.httpVersion}`];
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i]!;
    if (!OFFER.has(name.toLowerCase())) {
      lines.push(`${name}: ${message.rawHeaders[i + 1]}`);
    }
  }
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), rest]);
}
