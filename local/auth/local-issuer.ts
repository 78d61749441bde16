import { randomUUID } from 'node:crypto';
import { SignJWT, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { UserPoolModel } from '../template/model.ts';
import { loadIssuerKey } from './issuer-key.ts';

/** Stands in for one Cognito user pool: signs tokens and publishes the key that verifies them. */
export interface LocalIssuer {
  userPoolId: string;
  /** The `iss` claim, as on AWS: `https://cognito-idp.<region>.amazonaws.com/<pool id>`. */
  issuer: string;
  /** Empty when the template defines no client of the pool: then every client is taken for one of it. */
  clientIds: string[];
  jwks(): JSONWebKeySet;
  token(request: TokenRequest): Promise<string>;
}

export interface TokenRequest {
  /** Also becomes `sub`: on AWS that is a UUID, here it is legible. */
  user: string;
  /** `cognito:groups`; the claim is absent when there are none, as on AWS. */
  groups?: string[];
  /** @default 'access' (what Amplify sends) */
  tokenUse?: 'access' | 'id';
  /** @default 3600, Cognito's own default */
  expiresInSeconds?: number;
  /** @default the pool's first client */
  clientId?: string;
}

/** The client of tokens from a pool whose clients the template does not define; 26 characters, as Cognito's. */
const UNNAMED_CLIENT = 'localclient000000000000000';

/**
 * @param keyFile keeps the signing key over restarts (see loadIssuerKey); without it tokens die with the process.
 * @throws StartFailure when keyFile holds no RSA private key.
 */
export const createLocalIssuer = async (options: {
  userPool: UserPoolModel;
  region: string;
  keyFile?: string;
}): Promise<LocalIssuer> => {
  const { userPool, region, keyFile } = options;
  const key = await loadIssuerKey(keyFile);
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPool.userPoolId}`;
  const clientIds = userPool.clients.map(({ clientId }) => clientId);
  return {
    userPoolId: userPool.userPoolId,
    issuer,
    clientIds,
    jwks: () => ({ keys: [key.publicJwk] }),
    token: (request) =>
      new SignJWT(claimsOf(request, issuer, clientIds[0] ?? UNNAMED_CLIENT))
        .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
        .sign(key.privateKey),
  };
};

/** Cognito developer guide, "Understanding the access token" and "Understanding the identity (ID) token". */
const claimsOf = (request: TokenRequest, issuer: string, defaultClientId: string): JWTPayload => {
  const { user, groups = [], tokenUse = 'access', expiresInSeconds = 3600 } = request;
  const clientId = request.clientId ?? defaultClientId;
  const issuedAt = Math.floor(Date.now() / 1000);
  return {
    sub: user,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: issuer,
    ...(tokenUse === 'access'
      ? { client_id: clientId, username: user, scope: 'aws.cognito.signin.user.admin' }
      : { aud: clientId, 'cognito:username': user }),
    token_use: tokenUse,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    auth_time: issuedAt,
    iat: issuedAt,
    exp: issuedAt + expiresInSeconds,
    jti: randomUUID(),
  };
};
