import { randomUUID } from 'node:crypto';
import { headerText } from './message.ts';
import type { HttpRequest } from './message.ts';

/** Cookies are not exposed to resolvers (docs/facts/resolvers.md#request-headers); the other headers end at a proxy (RFC 9110 7.6.1). */
const KEPT_BACK = new Set([
  'cookie',
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** `ctx.request.headers`: the client's headers, and those that AWS adds in front of AppSync. */
export function clientHeaders(request: HttpRequest): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const name of Object.keys(request.headers)) {
    const value = request.headers[name];
    if (value !== undefined && !KEPT_BACK.has(name)) {
      headers[name] = value;
    }
  }
  const proto = request.secure ? 'https' : 'http';
  headers['x-amzn-trace-id'] ??= traceId(Date.now());
  headers['x-forwarded-for'] = forwardedFor(request);
  headers['x-forwarded-proto'] = proto;
  headers['x-forwarded-port'] = portOf(headerText(request, 'host') ?? '', proto);
  return headers;
}

/** In X-Ray's form: epoch seconds in 8 hexadecimal digits, then 96 random bits (X-Ray developer guide, "Trace ID format"). */
function traceId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString(16);
  return `Root=1-${seconds.padStart(8, '0')}-${randomDigits()}`;
}

/**
 * 24 random hexadecimal digits: those of a version 4 UUID, which Node.js generates ahead, without the groups that contain
 * version and variant.
 */
function randomDigits(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(24);
}

function forwardedFor(request: HttpRequest): string {
  const earlier = headerText(request, 'x-forwarded-for');
  return earlier ? `${earlier}, ${request.remoteAddress}` : request.remoteAddress;
}

const portOf = (host: string, proto: 'http' | 'https'): string =>
  /:(\d+)$/.exec(host)?.[1] ?? (proto === 'https' ? '443' : '80');
