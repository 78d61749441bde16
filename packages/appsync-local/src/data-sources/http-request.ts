import { isHeaderName, isHeaderValue } from '../ground/http-header.ts';
import { isRecord } from '../ground/record.ts';
import { checkRequest, refuse, unknownMember } from './request-shape.ts';
import type { Refusal } from './request-shape.ts';

/** A request of an HTTP data source, ready to be signed and sent. */
export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Headers that a handler may not set, with `-` for AppSync's `_` (docs/facts/data-sources.md#http-headers). */
const FORBIDDEN = ['host', 'connection', 'user-agent', 'expectation', 'transfer-encoding', 'content-length'];

/** Content types that a body may have, besides `text/*` (docs/facts/data-sources.md#http-content-types). */
const CONTENT_TYPES = [
  'application/json',
  'application/xml',
  'application/soap+xml',
  'application/x-amz-json-1.0',
  'application/x-amz-json-1.1',
  'application/vnd.api+json',
  'application/x-ndjson',
  // Not listed, but AWS's own samples for SQS and SNS send it.
  'application/x-www-form-urlencoded',
];

/** Turns a request handler's result into a request to `endpoint`, or refuses one that AppSync would not send. */
export function parseHttpRequest(endpoint: string, value: unknown): OutgoingRequest | Refusal {
  const { request, refusal } = checkRequest(value, ['method', 'resourcePath'], ['params']);
  if (refusal) {
    return refusal;
  }
  const { method, resourcePath, params = {} } = request;
  if (!isMethod(method)) {
    return refuse(`Unsupported method '${String(method)}'. It is one of ${METHODS.join(', ')}.`);
  }
  if (!isRecord(params ?? {})) {
    return refuse(`Value for field '$[params]' must be an object.`);
  }
  const { query, headers, body } = (params ?? {}) as Record<string, unknown>;
  const unknown = unknownMember((params ?? {}) as Record<string, unknown>, ['query', 'headers', 'body']);
  if (unknown) {
    return refuse(`Unsupported element '$[params][${unknown}]'.`);
  }

  for (const [name, value] of Object.entries({ query, headers })) {
    if (value !== undefined && value !== null && !isRecord(value)) {
      return refuse(`Value for field '$[params][${name}]' must be an object.`);
    }
  }

  const sent = lowerCase(isRecord(headers) ? headers : {});
  const forbidden = Object.keys(sent).find((name) => FORBIDDEN.includes(name.replaceAll('_', '-')));
  if (forbidden) {
    return refuse(`Header '${forbidden}' cannot be set on a request of an HTTP data source.`);
  }
  // A header with a line break would otherwise fail as if the endpoint could not be reached.
  const invalid = Object.entries(sent).find(([name, value]) => !isHeaderName(name) || !isHeaderValue(value));
  if (invalid) {
    return refuse(`Header '${invalid[0]}' cannot be sent: HTTP does not allow its name or its value.`);
  }
  const url = addressOf(endpoint, String(resourcePath), isRecord(query) ? query : {});
  if (body === undefined || body === null) {
    return { method, url, headers: sent, body: undefined };
  }
  const typed = { 'content-type': 'application/json', ...sent };
  if (!isSupported(typed['content-type'])) {
    return refuse(`Unsupported content type '${typed['content-type']}'.`);
  }
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  return { method, url, headers: typed, body: encoded(content, typed['content-type']) };
}

/** Node.js encodings by charset; UTF-8 needs no entry. */
const ENCODINGS: Record<string, BufferEncoding> = {
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'us-ascii': 'latin1',
  'utf-16le': 'utf16le',
};

/** A body is UTF-8 unless its content type names a charset (AppSync developer guide, resolver-reference-http-js, "Body"). */
function encoded(body: string, contentType: string): string | Uint8Array {
  const encoding = ENCODINGS[charsetOf(contentType)];
  return encoding ? Buffer.from(body, encoding) : body;
}

/** `utf-8` by default. */
export const charsetOf = (contentType: string): string =>
  /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';

const isMethod = (method: unknown): method is OutgoingRequest['method'] => METHODS.includes(method as string);

/** Joins endpoint and path as texts, so that a path cannot lead to another host. */
function addressOf(endpoint: string, resourcePath: string, query: Record<string, unknown>): URL {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/${resourcePath.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null) {
        url.searchParams.append(name, text(one));
      }
    }
  }
  // Most servers read a plus sign as a space, while a signature reads it as a plus sign.
  url.search = url.search.replaceAll('+', '%20');
  return url;
}

const lowerCase = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name.toLowerCase(), text(value)]),
  );

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function isSupported(contentType: string): boolean {
  const [mediaType = ''] = contentType.toLowerCase().split(';');
  return mediaType.startsWith('text/') || CONTENT_TYPES.includes(mediaType.trim());
}
