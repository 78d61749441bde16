import type { Authorization } from './authorization.ts';
import { headerObject, realtimeHeaders } from './protocol.ts';

/** What a connection, or a subscription on it, asks credentials for. */
export interface RealtimeCredentialsRequest {
  /** Below the API's URL: `/connect` for the connection, empty for a subscription. */
  path: string;
  /** What a signature covers. */
  body: string;
  forceRefresh: boolean;
}

/** @returns the header object of a connection or a subscription. @throws what `authorization` throws */
export async function realtimeCredentials(
  { url, authorization }: { url: string; authorization: Authorization },
  { path, body, forceRefresh }: RealtimeCredentialsRequest,
): Promise<Record<string, string>> {
  const headers = realtimeHeaders(url);
  return headerObject(url, await authorization({ url: `${url}${path}`, body, headers, forceRefresh }));
}
