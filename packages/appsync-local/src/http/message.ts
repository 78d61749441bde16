/** A request, over a port or in memory. */
export interface HttpRequest {
  /** Upper case. */
  method: string;
  /** Path with query string, as sent. */
  url: string;
  /** `url` up to the question mark, not decoded. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names; a header sent more than once is an array, in order. */
  headers: Record<string, string | string[] | undefined>;
  /** The whole body as text; can be called repeatedly. @throws RequestRefused 413 over `MAX_BODY_BYTES`. */
  body(): Promise<string>;
  /** Address of the connection. */
  remoteAddress: string;
  /** True over TLS. */
  secure: boolean;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Answers a request. An exception is a bug of ours. */
export type Handle = (request: HttpRequest) => Promise<HttpResponse>;

/** Receives a failure whose cause no client may see. `requestId` is the one that the client received, if any. */
export type LogFailure = (failure: { error: unknown; requestId?: string }) => void;

/** A header's only value, or all of them joined as RFC 9110 5.3 allows; undefined when absent. */
export function headerText(request: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Path and search part of a request target, which is absolute when the client takes us for a proxy. */
export function splitTarget(target: string): { url: string; path: string; search: string } {
  const url = target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const mark = url.indexOf('?');
  return mark < 0
    ? { url, path: url, search: '' }
    : { url, path: url.slice(0, mark), search: url.slice(mark + 1) };
}
