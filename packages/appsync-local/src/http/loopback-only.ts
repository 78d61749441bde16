import { RequestRefused } from '../auth/caller.ts';
import { isLoopbackAddress } from './host-names.ts';
import type { HttpRequest } from './message.ts';

/**
 * Guards what hands out credentials or runs code: a server that listens beyond this machine gives it to nobody else. The
 * address of the connection decides, for a client chooses its headers.
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
    `${path} answers the machine that the server runs on, not ${remoteAddress}; run the command there.`,
  );
}
