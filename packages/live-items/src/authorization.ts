import { ApiError } from './api-error.ts';

/** A request for credentials. */
export interface AuthorizationRequest {
  /**
   * For a signature: the URL to sign. The connection's is `…/graphql/connect` (AppSync developer guide, "Building a real-time
   * WebSocket client").
   */
  url: string;
  body: string;
  /** Headers that the signature covers, in lower case, including `host`. */
  headers: Record<string, string>;
  /** The last credentials were refused or have expired: ask the identity provider for new ones, not a cache. */
  forceRefresh: boolean;
}

/**
 * Returns the headers with the credentials. Called before every request, connection and subscription, so that they are fresh;
 * cache what is expensive.
 */
export type Authorization = (
  request: AuthorizationRequest,
) => Record<string, string> | Promise<Record<string, string>>;

/** Returns a credential, or looks for it. With `forceRefresh` the last one was refused or has expired: a new one is wanted. */
export type CredentialSource = (request: { forceRefresh: boolean }) => string | Promise<string>;

/** Authorization mode `API_KEY`. @param key or a function that returns it, for keys that change */
export const withApiKey =
  (key: string | CredentialSource): Authorization =>
  async ({ forceRefresh }) => ({
    'x-api-key': typeof key === 'string' ? key : await key({ forceRefresh }),
  });

/**
 * Authorization modes `AMAZON_COGNITO_USER_POOLS`, `OPENID_CONNECT` and `AWS_LAMBDA`. A JSON Web Token is asked for anew once it has
 * expired, and before that for a running subscription.
 */
export const withToken =
  (token: CredentialSource): Authorization =>
  async ({ forceRefresh }) => ({ authorization: await token({ forceRefresh }) });

/** The part of `@smithy/signature-v4` and the like that is needed. */
export interface Signer {
  sign(request: {
    method: string;
    protocol: string;
    hostname: string;
    port?: number;
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    body: string;
  }): Promise<{ headers: Record<string, string> }>;
}

/** Authorization mode `AWS_IAM`. @param signer for the service `appsync` and the API's region */
export const withSignature =
  (signer: Signer): Authorization =>
  async ({ url, body, headers }) => {
    const [, protocol = '', hostname = '', port, path = '/'] =
      /^(https?:)\/\/([^/:]+)(?::(\d+))?([^?#]*)/.exec(url) ?? [];
    const signed = await signer.sign({
      method: 'POST',
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path,
      query: {},
      headers,
      body,
    });
    return signed.headers;
  };

/**
 * `host:port` of a URL; React Native's `URL` cannot give it.
 *
 * @throws ApiError, without a retry, for an invalid URL
 */
export function hostOf(url: string): string {
  const host = /^https?:\/\/([^/?#]+)/i.exec(url)?.[1];
  if (host === undefined) {
    throw new ApiError(
      `url is "${url}"; it must be the API's URL, which begins with https:// or http://`,
      'none',
    );
  }
  return host;
}
