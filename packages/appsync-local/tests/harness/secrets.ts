import { realtimeHeaders } from './realtime.ts';
import { type AwsCredentials, HTTP_CONTENT, signedHeaders } from './sign.ts';
import type { Credentials, UserCredentials } from './target.ts';

/** What callers of an API prove themselves with. */
export interface Secrets {
  /** @throws Error when there is none */
  apiKey(): string;
  /** @throws Error when there are none */
  aws(): Promise<{ credentials: AwsCredentials; region: string }>;
  /** A token of a user pool or OpenID Connect provider. @throws Error when there is none */
  token(caller: UserCredentials): Promise<string>;
}

/** The headers of an HTTP request to `url` that prove who calls. @param content further headers that a signature covers */
export async function httpHeaders(
  secrets: Secrets,
  caller: Credentials,
  body: string,
  url: URL,
  content: Record<string, string> = HTTP_CONTENT,
): Promise<Record<string, string>> {
  switch (caller.mode) {
    case 'raw':
      return caller.headers;
    case 'apiKey':
      return { 'x-api-key': secrets.apiKey() };
    case 'iam': {
      const { credentials, region } = await secrets.aws();
      return signedHeaders(url, body, credentials, region, content);
    }
    case 'user':
    case 'oidc':
      return { authorization: await secrets.token(caller) };
  }
}

/**
 * The header object of a real-time connection or subscription: who calls, and the host of the GraphQL endpoint (AppSync
 * developer guide, "Building a real-time WebSocket client", from which the spelling of the names is).
 *
 * @param url what is signed: `…/graphql/connect` for a connection, `…/graphql` for a subscription
 */
export async function realtimeHeadersOf(
  secrets: Secrets,
  caller: Credentials,
  body: string,
  url: URL,
): Promise<Record<string, string>> {
  if (caller.mode === 'raw') {
    return { host: url.host, ...caller.headers };
  }
  const content = realtimeHeaders(url.href);
  const { authorization, ...headers } = await httpHeaders(secrets, caller, body, url, content);
  return { host: url.host, ...headers, ...(authorization !== undefined && { Authorization: authorization }) };
}
