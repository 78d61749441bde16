import { decodeProtectedHeader, errors, importJWK, jwtVerify, type JWTPayload } from 'jose';
import type { AuthMode } from '../template/app-model.ts';
import { bearerTokenOf } from './bearer-token.ts';
import { anyText, unverifiedClaims } from './jwt.ts';
import type { KeySource } from './oidc-provider.ts';
import { compilePattern } from './patterns.ts';
import { notAuthorized, tokenExpired, tokenUnparsable } from './refusals.ts';
import type { Verifier } from './verifier.ts';

export type OidcMode = Extract<AuthMode, { type: 'OPENID_CONNECT' }>;

/** AppSync developer guide, "OPENID_CONNECT authorization": the algorithms, and the matching `kty` of a key. */
const KEY_TYPE: Record<string, string> = {
  ...Object.fromEntries(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((name) => [name, 'RSA'])),
  ...Object.fromEntries(['ES256', 'ES384', 'ES512'].map((name) => [name, 'EC'])),
  ...Object.fromEntries(['HS256', 'HS384', 'HS512'].map((name) => [name, 'oct'])),
};

/**
 * Mode OPENID_CONNECT for one provider: checks the signature by one of its keys, expiry, age since issue and since
 * authentication, and the client in `aud` or `azp`. Checks the issuer only beside other modes, since AppSync "skips this issuer
 * URL validation step" when OPENID_CONNECT is the only one (developer guide, "OPENID_CONNECT authorization").
 *
 * @param alone whether this is the API's only authorization mode.
 * @param now epoch milliseconds.
 * @throws StartFailure when `clientId` is not a valid regular expression.
 */
export function createOidcVerifier(options: {
  mode: OidcMode;
  keys: KeySource;
  alone: boolean;
  now: () => number;
}): Verifier {
  const { mode, keys, alone, now } = options;
  const admits = mode.clientId === undefined ? null : compilePattern('ClientId', mode.clientId);
  return {
    mode: mode.type,
    recognizes: (request) => {
      const claims = unverifiedClaims(request);
      return claims !== undefined && (alone || claims.iss === mode.issuer);
    },
    async verify(request) {
      const claims = await verifyToken(bearerTokenOf(request) ?? '', keys, now());
      checkAge(claims, mode, now());
      if (admits && !anyText([claims.aud, claims['azp']], admits)) {
        throw notAuthorized();
      }
      const identity = { sub: claims.sub, issuer: claims.iss, claims };
      return { mode: mode.type, identity, groups: [] };
    },
  };
}

/**
 * The guide requires `iat`. OpenID Connect Core also requires `exp` and `sub` (section 2), and another emulator refuses a token
 * without them.
 */
const REQUIRED = ['exp', 'iat'];

async function verifyToken(token: string, keys: KeySource, now: number): Promise<JWTPayload> {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    const jwk = kid === undefined ? undefined : await keys.find(kid);
    if (alg === undefined || jwk === undefined || jwk.kty !== KEY_TYPE[alg]) {
      throw tokenUnparsable();
    }
    const key = await importJWK(jwk, alg);
    const { payload } = await jwtVerify(token, key, {
      algorithms: [alg],
      requiredClaims: REQUIRED,
      currentDate: new Date(now),
    });
    if (typeof payload.sub !== 'string' || payload.sub === '') {
      throw tokenUnparsable();
    }
    return payload;
  } catch (error) {
    throw error instanceof errors.JWTExpired ? tokenExpired() : tokenUnparsable();
  }
}

/**
 * The time-outs count from `iat` and from `auth_time`, which is then required (aws-cdk-lib OpenIdConnectConfig,
 * `tokenExpiryFromAuth`); a token without it counts as very old.
 */
function checkAge(claims: JWTPayload, { iatTtlMs, authTtlMs }: OidcMode, now: number): void {
  const tooOld = (since: unknown, ttlMs: number | undefined): boolean =>
    ttlMs !== undefined && !(typeof since === 'number' && now - since * 1000 <= ttlMs);
  if (tooOld(claims.iat, iatTtlMs) || tooOld(claims['auth_time'], authTtlMs)) {
    throw tokenExpired();
  }
}
