import { bodyInMemory } from './body.ts';
import { splitTarget } from './message.ts';
import type { HttpRequest } from './message.ts';

export interface MemoryRequestInit {
  /** @default 'GET', or 'POST' when there is a body */
  method?: string;
  /** Includes a query string, if any: `/graphql?query=…`. */
  path: string;
  /** Names in any case. @default { host: 'localhost:4000' } */
  headers?: Record<string, string | string[]>;
  /** @default '' */
  body?: string;
  /** @default '127.0.0.1' */
  remoteAddress?: string;
  /** @default false */
  secure?: boolean;
}

/** Creates a request without a port, equal to the `NodeRequest` of the same request over a port. */
export function memoryRequest(init: MemoryRequestInit): HttpRequest {
  const { url, path, search } = splitTarget(init.path);
  const headers: Record<string, string | string[]> = { host: 'localhost:4000' };
  for (const [name, value] of Object.entries(init.headers ?? {})) {
    headers[name.toLowerCase()] = value;
  }

  return {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    url,
    path,
    query: new URLSearchParams(search),
    headers,
    body: () => bodyInMemory(init.body ?? ''),
    remoteAddress: init.remoteAddress ?? '127.0.0.1',
    secure: init.secure ?? false,
  };
}
