import { createLocalJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import type { AuthMode } from '../template/app-model.ts';
import { bearerTokenOf } from './bearer-token.ts';
import type { Caller, SignedRequest } from './caller.ts';
import { unverifiedClaims } from './jwt.ts';
import type { UserPoolIssuer } from './local-issuer.ts';
import { compilePattern } from './patterns.ts';
import { notAuthorized, tokenExpired, tokenUnparsable } from './refusals.ts';
import { sourceIpOf } from './request-headers.ts';
import type { Verifier } from './verifier.ts';

export type CognitoMode = Extract<AuthMode, { type: 'AMAZON_COGNITO_USER_POOLS' }>;

/**
 * Mode AMAZON_COGNITO_USER_POOLS for one pool: checks signature (RS256), issuer, expiry, `token_use` and client of an ID or
 * access token (AppSync developer guide, "AMAZON_COGNITO_USER_POOLS authorization").
 *
 * @param now epoch milliseconds.
 * @throws StartFailure when `appIdClientRegex` is not a valid regular expression.
 */
export function createCognitoVerifier(options: {
  mode: CognitoMode;
  issuer: UserPoolIssuer;
  now: () => number;
}): Verifier {
  const { mode, issuer, now } = options;
  const keys = createLocalJWKSet(issuer.jwks());
  const admits = createClientCheck(mode, issuer);
  return {
    mode: mode.type,
    recognizes: (request) => unverifiedClaims(request)?.iss === issuer.issuer,
    async verify(request) {
      const claims = await verifyToken(bearerTokenOf(request) ?? '', keys, issuer.issuer, now());
      const client = claims['token_use'] === 'access' ? claims['client_id'] : claims.aud;
      if (typeof client !== 'string' || !admits(client)) {
        throw notAuthorized();
      }
      return callerOf(claims, mode, request);
    },
  };
}

/** @throws RequestRefused 401 */
export async function verifyToken(
  token: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  issuer: string,
  now: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'exp', 'token_use'],
      currentDate: new Date(now),
    });
    if (payload['token_use'] !== 'id' && payload['token_use'] !== 'access') {
      throw tokenUnparsable();
    }
    return payload;
  } catch (error) {
    throw error instanceof errors.JWTExpired ? tokenExpired() : tokenUnparsable();
  }
}

/** Accepts only known clients, if the template names any; then those whose whole client id matches `appIdClientRegex`. */
function createClientCheck(mode: CognitoMode, issuer: UserPoolIssuer): (client: string) => boolean {
  const known = new Set(issuer.clientIds);
  const regex = mode.appIdClientRegex;
  const passes = regex === undefined || regex === '' ? () => true : compilePattern('AppIdClientRegex', regex);
  return (client) => (known.size === 0 || known.has(client)) && passes(client);
}

function callerOf(claims: JWTPayload, mode: CognitoMode, request: SignedRequest): Caller {
  const listed = claims['cognito:groups'];
  const groups = Array.isArray(listed) ? listed.filter((group) => typeof group === 'string') : null;
  const identity = {
    sub: claims.sub,
    issuer: claims.iss,
    // ID tokens name the user in `cognito:username`, access tokens in `username`.
    username: claims['cognito:username'] ?? claims['username'],
    claims,
    sourceIp: sourceIpOf(request),
    defaultAuthStrategy: mode.defaultAction,
    groups,
  };
  return { mode: mode.type, identity, groups: groups ?? [] };
}
