import { RequestRefused } from '../auth/caller.ts';
import { isLoopbackAddress } from './host-names.ts';
import type { HttpRequest } from './message.ts';

/**
 * Guards endpoints that issue credentials or run code: a server that listens beyond this machine refuses them to other
 * machines. Checks the address of the connection, because clients choose their headers.
 *
 * @throws RequestRefused 403 `AccessDeniedException`
 */
export function requireLoopback({ remoteAddress, path }: Pick<HttpRequest, 'remoteAddress' | 'path'>): void {
  if (isLoopbackAddress(remoteAddress)) {
    return;
  }
  throw new RequestRefused(
    403,
    'AccessDeniedException',
    `${path} answers only requests from the server's own machine, not from ${remoteAddress}; run the command there.`,
  );
}
