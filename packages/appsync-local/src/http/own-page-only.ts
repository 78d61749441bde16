import { RequestRefused } from '../auth/caller.ts';
import { headerText } from './message.ts';
import type { HttpRequest } from './message.ts';

/**
 * Guards what shows other people's requests: no web page may read it but those that this server itself serves. A page of another port
 * of this machine may call the API, and is refused here. Browsers name the page in `Origin`, or for a GET within one origin in
 * `Sec-Fetch-Site` (Fetch Metadata Request Headers 2.2); programs send neither.
 *
 * @throws RequestRefused 403 `AccessDeniedException`
 */
export function requireOwnPage(request: Pick<HttpRequest, 'headers' | 'path'>): void {
  const origin = headerText(request, 'origin');
  const site = headerText(request, 'sec-fetch-site') ?? 'none';
  const host = headerText(request, 'host') ?? '';
  const isOwn = origin === undefined || [`http://${host}`, `https://${host}`].includes(origin.toLowerCase());
  if (isOwn && (site === 'none' || site === 'same-origin')) {
    return;
  }
  throw new RequestRefused(
    403,
    'AccessDeniedException',
    `${request.path} answers only the console and programs on this machine.`,
  );
}
