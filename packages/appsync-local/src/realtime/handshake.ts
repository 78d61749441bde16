import type { RealtimeCredentials } from '../auth/authorize-realtime.ts';
import { isRecord } from '../ground/record.ts';
import { parseJson } from './json.ts';

/** The upgrade request. */
export interface Handshake {
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  /** Path with query string, as sent. */
  url: string;
  /** The subprotocols offered, in order. */
  protocols: string[];
  remoteAddress: string;
}

/** AppSync's only subprotocol. A browser closes a socket whose server names none or another. */
export const SUBPROTOCOL = 'graphql-ws';

const HEADER_PROTOCOL = 'header-';

/** The value of `Sec-WebSocket-Protocol`; false sends none, and the connection then says why it fails. */
export const selectSubprotocol = (offered: Iterable<string>): typeof SUBPROTOCOL | false =>
  [...offered].includes(SUBPROTOCOL) ? SUBPROTOCOL : false;

/**
 * Reads a client's header object from the first place that has one: a subprotocol `header-<base64url>`, the query parameter
 * `header`, or else the headers of the upgrade request itself. Null when it is not a JSON object with a `host`, which AppSync
 * finds the API by (docs/facts/real-time.md#header-object), or when the upgrade request has no credentials either.
 */
export function readCredentials({ headers, url, protocols }: Handshake): RealtimeCredentials | null {
  const protocol = protocols.find((offered) => offered.startsWith(HEADER_PROTOCOL));
  const encoded = protocol?.slice(HEADER_PROTOCOL.length) ?? queryOf(url).get('header');
  if (encoded !== null) {
    return decode(encoded);
  }
  return headers['x-api-key'] || headers['authorization'] ? headers : null;
}

const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '');

/**
 * Older clients put plain base64 into the query unescaped, where `+` reads as a space. Node.js accepts both alphabets, with and
 * without padding.
 */
function decode(encoded: string): RealtimeCredentials | null {
  const value = parseJson(Buffer.from(encoded.replaceAll(' ', '+'), 'base64').toString('utf8'));
  return isRecord(value) && hasHost(value) ? value : null;
}

const hasHost = (credentials: RealtimeCredentials): boolean =>
  Object.entries(credentials).some(
    ([name, value]) => name.toLowerCase() === 'host' && typeof value === 'string' && value !== '',
  );

/**
 * `ctx.request.headers` of a subscription: those of the upgrade request without cookies and the handshake's own, then those of
 * the `start` message (Amplify puts custom headers there).
 */
export function requestHeadersOf(
  { headers }: Handshake,
  added: RealtimeCredentials,
): Record<string, string | string[]> {
  const merged: Record<string, string | string[]> = {};
  for (const [name, value] of [...Object.entries(headers), ...Object.entries(added)]) {
    const key = name.toLowerCase();
    if (isHandshakeOnly(key) || (typeof value !== 'string' && !Array.isArray(value))) {
      continue;
    }
    merged[key] = value;
  }
  return merged;
}

const isHandshakeOnly = (name: string): boolean =>
  name === 'cookie' || name === 'connection' || name === 'upgrade' || name.startsWith('sec-websocket-');
