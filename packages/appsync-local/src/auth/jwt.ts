import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { bearerTokenOf } from './bearer-token.ts';
import type { SignedRequest } from './caller.ts';

/** The unverified claims of the request's token; undefined when it is not a JWT. */
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

/** Whether one of the values, each a string or a list of strings, passes. */
export const anyText = (values: unknown[], passes: (text: string) => boolean): boolean =>
  values.flat().some((value) => typeof value === 'string' && passes(value));
