import type { ErrorEntry } from './api-error.ts';
import { hostOf } from './authorization.ts';

// AppSync's real-time protocol: AppSync developer guide, "Building a real-time WebSocket client".

/** A GraphQL operation to send. */
export interface Operation {
  query: string;
  variables?: object;
}

/** A message from the server. */
export type ServerMessage =
  | { type: 'connection_ack'; payload?: { connectionTimeoutMs?: number } }
  | { type: 'connection_error'; payload?: ErrorPayload }
  | { type: 'ka' }
  | { type: 'start_ack'; id: string }
  | { type: 'data'; id: string; payload: { data?: unknown; errors?: ErrorEntry[] } }
  | { type: 'error'; id?: string; payload?: ErrorPayload }
  | { type: 'complete'; id: string };

/** `errors` is a list, except for a single object when a connection has too many subscriptions. */
interface ErrorPayload {
  errors?: ErrorEntry[] | ErrorEntry;
}

export const errorsOf = ({ errors = [] }: ErrorPayload = {}): ErrorEntry[] =>
  Array.isArray(errors) ? errors : [errors];

const AWS_ENDPOINT = /^https:\/\/(\w+)\.appsync-api\.([\w-]+)\.(amazonaws\.com(?:\.cn)?)\/graphql$/;

/** The real-time endpoint of an API; a custom domain and a local server have it below the API's path. */
export function realtimeUrlOf(url: string): string {
  return AWS_ENDPOINT.test(url)
    ? url.replace(AWS_ENDPOINT, 'wss://$1.appsync-realtime-api.$2.$3/graphql')
    : `${url.replace(/^http/, 'ws')}/realtime`;
}

/** The headers that a signature for the connection or a subscription covers. */
export const realtimeHeaders = (url: string): Record<string, string> => ({
  accept: 'application/json, text/javascript',
  'content-encoding': 'amz-1.0',
  'content-type': 'application/json; charset=UTF-8',
  host: hostOf(url),
});

/**
 * The header object of a connection and a subscription: the credentials, and the host of the GraphQL endpoint.
 *
 * @param credentials the headers with the credentials, in any case
 */
export function headerObject(url: string, credentials: Record<string, string>): Record<string, string> {
  const named = Object.entries(credentials).map(([name, value]) => [
    name.toLowerCase() === 'authorization' ? 'Authorization' : name,
    value,
  ]);
  return { host: hostOf(url), ...(Object.fromEntries(named) as Record<string, string>) };
}

/** The sub-protocols to offer: the protocol's own, and the credentials encoded as one. */
export const subProtocols = (authorization: Record<string, string>): [string, string] => [
  'graphql-ws',
  `header-${base64Url(JSON.stringify(authorization))}`,
];

/** Base64url without padding (RFC 4648, section 5) of JSON text, which may escape characters outside ASCII. */
function base64Url(json: string): string {
  const ascii = json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export const initMessage = (): string => JSON.stringify({ type: 'connection_init' });

/** The text in a `start` message, which a signature covers. */
export const startData = ({ query, variables = {} }: Operation): string =>
  JSON.stringify({ query, variables });

export const startMessage = (id: string, data: string, authorization: Record<string, string>): string =>
  JSON.stringify({ id, type: 'start', payload: { data, extensions: { authorization } } });

export const stopMessage = (id: string): string => JSON.stringify({ id, type: 'stop' });
