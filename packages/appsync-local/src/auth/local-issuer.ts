import { randomUUID } from 'node:crypto';
import { EncryptJWT, jwtDecrypt, SignJWT, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { UserPoolModel } from '../template/app-model.ts';
import { loadIssuerKey, type IssuerKey } from './issuer-key.ts';

/** Signs tokens in place of a provider that this machine does not call, and publishes the key that verifies them. */
export interface LocalIssuer {
  provider: 'cognito' | 'oidc';
  /** The `iss` claim: `https://cognito-idp.<region>.amazonaws.com/<pool id>`, or the template's own URL. */
  issuer: string;
  jwks(): JSONWebKeySet;
  /** @throws RequestRefused when the request is invalid */
  token(request: TokenRequest): Promise<string>;
}

/** Replaces one Cognito user pool. */
export interface UserPoolIssuer extends LocalIssuer {
  provider: 'cognito';
  userPoolId: string;
  /** Empty when the template defines no client of the pool: then every client is accepted. */
  clientIds: string[];
  /** An opaque text that only this issuer can read again, for this purpose and so long; also after a restart that keeps the key. */
  seal(purpose: string, content: Record<string, unknown>, seconds: number): Promise<string>;
  /** What was sealed for this purpose; undefined for anything else, and after its time. */
  unseal(purpose: string, sealed: string): Promise<Record<string, unknown> | undefined>;
}

export interface TokenRequest {
  user: string;
  /** A UUID on AWS. @default the user's name, for readability */
  sub?: string;
  /** `cognito:groups`; the claim is absent when there are none, as on AWS. For OpenID Connect the claim is `groups`. */
  groups?: string[];
  /** For user pools. @default 'access' (what Amplify sends) */
  tokenUse?: 'access' | 'id';
  /** @default 3600, Cognito's own default */
  expiresInSeconds?: number;
  /** @default the pool's first client, or one that the provider's `ClientId` accepts */
  clientId?: string;
  /** Additional claims. They replace those made here, except `iss`, which belongs to the issuer. @default none */
  claims?: Record<string, unknown>;
}

/** The client of tokens from a pool whose clients the template does not define; 26 characters, like Cognito's. */
const UNNAMED_CLIENT = 'localclient000000000000000';

/**
 * @param region of the pool.
 * @param keyFile keeps the signing key across restarts (see loadIssuerKey); without it tokens become invalid when the process
 * ends.
 * @throws StartFailure when keyFile does not contain an RSA private key.
 */
export async function createLocalIssuer(options: {
  userPool: UserPoolModel;
  region: string;
  keyFile?: string;
}): Promise<UserPoolIssuer> {
  const { userPool, region, keyFile } = options;
  const key = await loadIssuerKey(keyFile);
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPool.userPoolId}`;
  const clientIds = userPool.clients.map(({ clientId }) => clientId);
  return {
    provider: 'cognito',
    userPoolId: userPool.userPoolId,
    issuer,
    clientIds,
    jwks: () => ({ keys: [key.publicJwk] }),
    token: (request) => sign(key, issuer, request, userPoolClaims(request, clientIds[0] ?? UNNAMED_CLIENT)),
    seal: (purpose, content, seconds) => seal(key, purpose, content, seconds),
    unseal: (purpose, sealed) => unseal(key, purpose, sealed),
  };
}

const SEALED = { alg: 'dir', enc: 'A256GCM' } as const;

const seal = (
  { sealingKey }: IssuerKey,
  purpose: string,
  content: Record<string, unknown>,
  seconds: number,
): Promise<string> =>
  new EncryptJWT({ content })
    .setProtectedHeader(SEALED)
    .setAudience(purpose)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .encrypt(sealingKey);

async function unseal(
  { sealingKey }: IssuerKey,
  purpose: string,
  sealed: string,
): Promise<Record<string, unknown> | undefined> {
  const checks = {
    audience: purpose,
    requiredClaims: ['exp'],
    keyManagementAlgorithms: [SEALED.alg],
    contentEncryptionAlgorithms: [SEALED.enc],
  };
  try {
    const { payload } = await jwtDecrypt<{ content: Record<string, unknown> }>(sealed, sealingKey, checks);
    return payload.content;
  } catch {
    return undefined;
  }
}

export function sign(
  key: IssuerKey,
  issuer: string,
  { user, sub = user, expiresInSeconds = 3600, claims = {} }: TokenRequest,
  ofProvider: JWTPayload,
): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const common = {
    sub,
    auth_time: issuedAt,
    iat: issuedAt,
    exp: issuedAt + expiresInSeconds,
    jti: randomUUID(),
  };
  return new SignJWT({ ...common, ...ofProvider, ...claims, iss: issuer })
    .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
    .sign(key.privateKey);
}

/** Cognito developer guide, "Understanding the access token" and "Understanding the identity (ID) token". */
function userPoolClaims(request: TokenRequest, defaultClientId: string): JWTPayload {
  const { user, groups = [], tokenUse = 'access', clientId = defaultClientId } = request;
  return {
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    ...(tokenUse === 'access'
      ? { client_id: clientId, username: user, scope: 'aws.cognito.signin.user.admin' }
      : { aud: clientId, 'cognito:username': user }),
    token_use: tokenUse,
    origin_jti: randomUUID(),
    event_id: randomUUID(),
  };
}
