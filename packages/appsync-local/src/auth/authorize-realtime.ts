import type { Authorize, Caller, SignedRequest } from './caller.ts';

/** The header object of a real-time client: `{host, 'x-api-key'}`, `{host, Authorization}` or a SigV4 set. */
export type RealtimeCredentials = Record<string, unknown>;

/** What the upgrade request reveals about its client. */
export type RealtimePeer = Pick<SignedRequest, 'headers' | 'remoteAddress'>;

export interface AuthorizeRealtime {
  /** For the connection. @throws RequestRefused */
  connect(credentials: RealtimeCredentials, peer: RealtimePeer): Promise<Caller>;
  /**
   * For one `start`.
   * @param data the `payload.data` string exactly as sent, since SigV4 signs it.
   * @throws RequestRefused
   */
  start(credentials: RealtimeCredentials, data: string, peer: RealtimePeer): Promise<Caller>;
}

/**
 * Verifies real-time credentials as if they were the headers of the HTTP request that clients sign in their place: POST
 * `<endpoint>/connect` with body `{}` for the connection, POST `<endpoint>` with the data string for a `start` (AppSync
 * developer guide, "Building a real-time WebSocket client").
 *
 * @param path of the GraphQL endpoint, regardless of the real-time path in use. @default '/graphql'
 */
export const authorizeRealtime = (authorize: Authorize, path = '/graphql'): AuthorizeRealtime => ({
  connect: (credentials, peer) =>
    authorize({ ...toRequest(credentials, peer, `${path}/connect`, '{}'), connecting: true }),
  start: (credentials, data, peer) => authorize(toRequest(credentials, peer, path, data)),
});

const toRequest = (
  credentials: RealtimeCredentials,
  peer: RealtimePeer,
  url: string,
  body: string,
): SignedRequest => ({
  method: 'POST',
  url,
  headers: { ...toHeaders(credentials), 'x-forwarded-for': peer.headers['x-forwarded-for'] },
  body,
  remoteAddress: peer.remoteAddress,
});

/** Clients differ in letter case (`x-api-key`, `X-Amz-Security-Token`); members that are not strings are ignored. */
const toHeaders = (credentials: RealtimeCredentials): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(credentials)
      .filter((entry): entry is [string, string | string[]] => isHeaderValue(entry[1]))
      .map(([name, value]) => [name.toLowerCase(), value]),
  );

const isHeaderValue = (value: unknown): value is string | string[] =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
