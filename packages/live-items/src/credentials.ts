import type { Authorization, AuthorizationRequest } from './authorization.ts';

/** The claims of a JSON Web Token (RFC 7519, section 4.1) that say how long it is valid, in epoch seconds. */
interface Validity {
  exp?: unknown;
  iat?: unknown;
}

/**
 * Asks for credentials, and once more with `forceRefresh` where they have expired: a cache may not know.
 *
 * @throws the errors of `authorization`
 */
export async function credentialsFor(
  authorization: Authorization,
  request: AuthorizationRequest,
): Promise<Record<string, string>> {
  const headers = await authorization(request);
  return request.forceRefresh || expiryOf(headers) > Date.now()
    ? headers
    : authorization({ ...request, forceRefresh: true });
}

/**
 * When the token in the headers expires, by this machine's clock, in epoch milliseconds; Infinity for credentials that do not say.
 * Where that is in the past although the token is new, the clock is wrong, and its life from now on counts.
 */
export function expiryOf(headers: Record<string, string>, isNew = false): number {
  const { exp, iat } = validityOf(headers);
  if (typeof exp !== 'number') {
    return Infinity;
  }
  const expiry = exp * 1000;
  return isNew && expiry <= Date.now() && typeof iat === 'number' ? Date.now() + (exp - iat) * 1000 : expiry;
}

function validityOf(headers: Record<string, string>): Validity {
  const [, token = ''] = Object.entries(headers).find(([name]) => /^authorization$/i.test(name)) ?? [];
  const claims = /^(?:Bearer )?[\w-]+\.([\w-]+)\.[\w-]*$/i.exec(token)?.[1];
  try {
    return claims ? (JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as Validity) : {};
  } catch {
    return {}; // Some other text with two dots.
  }
}
