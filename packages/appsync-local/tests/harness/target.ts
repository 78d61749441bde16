import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/** How a test presents itself to the API. */
export type Credentials =
  | { mode: 'apiKey' }
  | { mode: 'iam' }
  | UserCredentials
  /** Headers just as given. */
  | { mode: 'raw'; headers: Record<string, string> };

/** A user by name; on AWS the groups are those of the token that the environment has for the name. */
export type UserCredentials =
  | { mode: 'user'; user: string; groups?: string[]; more?: TokenDetails }
  | { mode: 'oidc'; user: string; more?: TokenDetails };

/** What a token says besides the user; only a local server makes tokens to order. */
export interface TokenDetails {
  tokenUse?: 'access' | 'id';
  clientId?: string;
  claims?: Record<string, unknown>;
}

export const apiKey: Credentials = { mode: 'apiKey' };
export const iam: Credentials = { mode: 'iam' };
export const user = (name: string, ...groups: string[]): UserCredentials => ({
  mode: 'user',
  user: name,
  groups,
});

export const oidcUser = (name: string, more?: TokenDetails): Credentials => ({
  mode: 'oidc',
  user: name,
  ...(more && { more }),
});

export interface ErrorEntry {
  path?: (string | number)[] | null;
  data?: unknown;
  errorType?: string | null;
  errorInfo?: unknown;
  locations?: unknown;
  message: string;
}

export interface GraphQLResult<Data> {
  data: Data | null;
  errors?: ErrorEntry[];
}

export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The API under test, wherever it runs. */
export interface ApiTarget {
  /** `memory`, `port` or the endpoint of a deployed API. */
  name: string;
  /** A request to `/graphql` with this body. */
  post(body: string, headers: Record<string, string>): Promise<RawResponse>;
  /** Any other request. */
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<RawResponse>;
  /** The headers that prove who calls, for this very body. */
  headersFor(credentials: Credentials, body: string, path?: string): Promise<Record<string, string>>;
  /** The header object of a subscription, or of a connection where the path is `/graphql/connect` and the body `{}`. */
  realtimeHeadersFor(credentials: Credentials, body: string, path?: string): Promise<Record<string, string>>;
  openSocket(protocols: string[], query?: string): Promise<TestSocket>;
  /** Host, with port, of the GraphQL endpoint. */
  host: string;
  /** `ws://…` or `wss://…` of the real-time endpoint, for those who bring a WebSocket; absent without a port. */
  realtimeUrl?: string;
  /** The items table, to look in and to write what the API would not; absent where nobody says which it is. */
  itemsTable?: { endpoint?: string; name?: string; region?: string };
  /** Others use the API at the same time, its tables hold items of theirs and of earlier runs, and requests may be throttled. */
  shared: boolean;
  /** What the roles of the app may do, and whether a request needed it; absent where nobody can tell. */
  grants?(): { role: string; action: string; resource: string; used: boolean }[];
  /** What roles were refused since this was last asked, in IAM's words; absent where nobody can tell. */
  refusals?(): string[];
  /** Whether a role has been refused anything; absent where nobody can tell. */
  lacksGrant?(): boolean;
  close(): Promise<void>;
}

/** A real-time connection as a client sees it. */
export interface TestSocket {
  send(message: unknown): void;
  /** The next message, in order. @throws Error when none came in time */
  next(timeoutMs?: number): Promise<Record<string, unknown>>;
  close(): void;
  /** The code the server closed with. */
  closed: Promise<number>;
}

export type Document<Result, Variables> = { toString(): string } & DocumentTypeDecoration<Result, Variables>;
