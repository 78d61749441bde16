import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { bearerTokenOf } from './bearer-token.ts';
import type { SignedRequest } from './caller.ts';

/** What the request's token says of itself, before anything is believed; undefined when it is no JWT. */
export function unverifiedClaims(request: SignedRequest): JWTPayload | undefined {
  const token = bearerTokenOf(request);
  if (!token) {
    return undefined;
  }
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** Whether one of the values, each a text or a list of texts, passes. */
export const anyText = (values: unknown[], passes: (text: string) => boolean): boolean =>
  values.flat().some((value) => typeof value === 'string' && passes(value));
