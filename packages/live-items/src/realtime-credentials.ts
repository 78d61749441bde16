import type { Authorization } from './authorization.ts';
import { credentialsFor } from './credentials.ts';
import { headerObject, realtimeHeaders } from './protocol.ts';

/** A request for the credentials of a connection, or of a subscription on it. */
export interface RealtimeCredentialsRequest {
  /** Relative to the API's URL: `/connect` for the connection, empty for a subscription. */
  path: string;
  /** The text that a signature covers. */
  body: string;
  forceRefresh: boolean;
}

/** @returns the header object of a connection or a subscription. @throws the errors of `authorization` */
export async function realtimeCredentials(
  { url, authorization }: { url: string; authorization: Authorization },
  { path, body, forceRefresh }: RealtimeCredentialsRequest,
): Promise<Record<string, string>> {
  const headers = realtimeHeaders(url);
  const request = { url: `${url}${path}`, body, headers, forceRefresh };
  return headerObject(url, await credentialsFor(authorization, request));
}
