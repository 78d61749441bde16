import { RequestRefused } from '../auth/caller.ts';
import { headerText } from './message.ts';
import type { HttpRequest } from './message.ts';

/**
 * Guards what hands out credentials or runs code. Any web page may send requests to a loopback port, and a name its
 * owner points at 127.0.0.1 (DNS rebinding) makes our answers readable to it. So the request must name a host we
 * know, and a browser must not say that another site sent it.
 *
 * @param hostNames names besides loopback that people reach this server by.
 * @throws RequestRefused 403 `AccessDeniedException`.
 */
export function requireSameOrigin(request: HttpRequest, hostNames: readonly string[]): void {
  const host = headerText(request, 'host') ?? '';
  if (!isKnown(hostName(host), hostNames)) {
    throw denied(
      `This path answers on loopback names only, not on "${host}"; use http://localhost with the port.`,
    );
  }
  const origin = headerText(request, 'origin');
  if (origin !== undefined && !isKnown(hostName(origin.replace(/^https?:\/\//, '')), hostNames)) {
    throw denied(`This path does not answer pages of ${origin}; open the console on this server instead.`);
  }
  const site = headerText(request, 'sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation(request)) {
    throw denied(
      `This path answers its own pages only, not a ${site} request; open the console on this server.`,
    );
  }
}

/** Following a link to the console from another page only opens it; that page learns nothing. */
const isNavigation = (request: HttpRequest): boolean =>
  request.method === 'GET' && headerText(request, 'sec-fetch-mode') === 'navigate';

const denied = (message: string): RequestRefused => new RequestRefused(403, 'AccessDeniedException', message);

/** `localhost:4000` → `localhost`, `[::1]:4000` → `::1`. */
const hostName = (authority: string): string =>
  authority
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

/** RFC 6761 6.3 keeps `localhost` and the names below it on loopback, so nobody can point them elsewhere. */
const isKnown = (name: string, hostNames: readonly string[]): boolean =>
  /^(.+\.)?localhost$/.test(name) ||
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name) ||
  name === '::1' ||
  hostNames.includes(name);
