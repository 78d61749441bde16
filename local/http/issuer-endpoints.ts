import { RequestRefused } from '../auth/caller.ts';
import { headerText } from './message.ts';
import type { Handle, HttpRequest, HttpResponse } from './message.ts';

export interface TokenRequest {
  user: string;
  groups: string[];
  tokenUse: 'access' | 'id';
  expiresInSeconds: number;
}

/** A user pool's stand-in, as far as HTTP is concerned. */
export interface TokenIssuer {
  /** `https://cognito-idp.<region>.amazonaws.com/<userPoolId>`, the `iss` claim. */
  issuer: string;
  /** The public keys as a JWK set. */
  jwks(): unknown;
  token(request: TokenRequest): Promise<string>;
}

/** Cognito's own longest validity of access and ID tokens (Cognito developer guide, "Managing user pool token expiration"). */
const LONGEST_SECONDS = 86_400;

/** Fetched across origins by any token library, as from Cognito. */
const PUBLIC_JSON = { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' };

/**
 * `GET /<userPoolId>/.well-known/jwks.json` and `…/openid-configuration`, which Cognito serves under the issuer's
 * URL. Returns undefined for a path that is neither, or names another user pool.
 */
export function wellKnown(issuers: readonly TokenIssuer[], path: string): Handle | undefined {
  const [, poolId, document] =
    /^\/([\w-]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const issuer = issuers.find(({ issuer }) => issuer.endsWith(`/${poolId}`));
  if (poolId === undefined || issuer === undefined) return undefined;
  return async (request) => ({
    status: 200,
    headers: PUBLIC_JSON,
    body: JSON.stringify(document === 'jwks.json' ? issuer.jwks() : discovery(issuer, poolId, request)),
  });
}

/** The members OpenID Connect Discovery 1.0 section 3 requires and a token check uses; there is nowhere to sign in. */
function discovery({ issuer }: TokenIssuer, poolId: string, request: HttpRequest): unknown {
  const scheme = request.secure ? 'https' : 'http';
  const origin = `${scheme}://${headerText(request, 'host') ?? 'localhost'}`;
  return {
    issuer,
    jwks_uri: `${origin}/${poolId}/.well-known/jwks.json`,
    token_endpoint: `${origin}/_local/token`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
  };
}

/**
 * `POST /_local/token`: JSON `{user, groups, tokenUse, expiresInSeconds}` → `{token}`. It gives anyone any identity, so
 * it asks for a content type no HTML form can send and carries no CORS header.
 */
export function createTokenEndpoint(issuers: readonly TokenIssuer[]): Handle {
  return async (request): Promise<HttpResponse> => {
    const [issuer] = issuers;
    if (!issuer) throw new RequestRefused(404, 'NotFoundException', 'This API has no Cognito user pool.');
    if (!/^application\/json\s*(;|$)/i.test(headerText(request, 'content-type') ?? '')) {
      throw new RequestRefused(415, 'UnsupportedMediaTypeException', 'Send content-type: application/json.');
    }
    const token = await issuer.token(parseTokenRequest(await request.body()));
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      body: JSON.stringify({ token }),
    };
  };
}

/** Members left out take the defaults: no groups, an access token, one hour. */
function parseTokenRequest(body: string): TokenRequest {
  const { user, groups = [], tokenUse = 'access', expiresInSeconds = 3600 } = parseObject(body);
  if (typeof user !== 'string' || user.trim() === '') throw invalid('user', user, 'a user name');
  if (!isNames(groups)) throw invalid('groups', groups, 'a list of group names');
  if (tokenUse !== 'access' && tokenUse !== 'id') throw invalid('tokenUse', tokenUse, '"access" or "id"');
  if (!isValidity(expiresInSeconds)) {
    throw invalid('expiresInSeconds', expiresInSeconds, `a whole number from 1 to ${LONGEST_SECONDS}`);
  }
  return { user, groups, tokenUse, expiresInSeconds };
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, like any other body that is no object.
  }
  throw new RequestRefused(
    400,
    'BadRequestException',
    'The body is not a JSON object; send {"user": "alice"}.',
  );
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');

const isValidity = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LONGEST_SECONDS;

const invalid = (member: string, value: unknown, wanted: string): RequestRefused =>
  new RequestRefused(
    400,
    'BadRequestException',
    `${member} is ${JSON.stringify(value)}; it must be ${wanted}.`,
  );
