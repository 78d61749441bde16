import { hostNameOf, isLoopbackName } from '../http/host-names.ts';

/**
 * Where a browser may be sent after it has signed in or out: exactly one of the template's URLs, or an address of this machine, any port (RFC
 * 8252 7.3).
 *
 * @param listed the client's `CallbackURLs` or `LogoutURLs`
 * @returns the URL as a browser reads it; undefined when nobody may be sent there
 */
export function allowedRedirect(text: string, listed: readonly string[]): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hash !== '' || text.includes('#') || NO_PAGE.includes(url.protocol)) {
    return undefined;
  }
  return listed.includes(text) || isOnThisMachine(url) ? url.href : undefined;
}

/** Schemes that run code or open files in place of a page. */
const NO_PAGE = ['javascript:', 'data:', 'vbscript:', 'blob:', 'file:', 'about:'];

/** A name before `@` would let a URL look like another one. */
const isOnThisMachine = ({ protocol, host, username, password }: URL): boolean =>
  (protocol === 'http:' || protocol === 'https:') &&
  isLoopbackName(hostNameOf(host)) &&
  username === '' &&
  password === '';

/** The URL with more parameters in its query. */
export function withParameters(url: string, parameters: Record<string, string | undefined>): string {
  const target = new URL(url);
  Object.entries(parameters).forEach(([name, value]) => {
    if (value !== undefined) {
      target.searchParams.set(name, value);
    }
  });
  return target.href;
}
