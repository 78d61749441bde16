import { RequestRefused } from '../auth/caller.ts';
import { headerText } from './message.ts';
import type { Handle, HttpRequest, HttpResponse } from './message.ts';
import { parseTokenRequest, type TokenRequest } from './token-request.ts';

/** The HTTP side of a local user pool or OpenID Connect provider. */
export interface TokenIssuer {
  provider: 'cognito' | 'oidc';
  /** The `iss` claim: `https://cognito-idp.<region>.amazonaws.com/<userPoolId>`, or a provider's URL. */
  issuer: string;
  /** The public keys as a JWK set. */
  jwks(): unknown;
  token(request: TokenRequest): Promise<string>;
}

/**
 * The path of a local issuer, without the last `/`: `/<userPoolId>`, as on Cognito's host, or `/_local/oidc/<host and path of
 * the provider>`.
 */
export function issuerPath({ provider, issuer }: Pick<TokenIssuer, 'provider' | 'issuer'>): string {
  const { host, pathname } = new URL(issuer);
  return (provider === 'oidc' ? `/_local/oidc/${host}${pathname}` : pathname).replace(/\/+$/, '');
}

/** `GET …/.well-known/jwks.json` and `…/openid-configuration` below an issuer's path. Returns undefined for any other path or issuer. */
export function wellKnown(issuers: readonly TokenIssuer[], path: string): Handle | undefined {
  const [, base, document] = /^(\/.+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const issuer = issuers.find((candidate) => issuerPath(candidate) === base);
  if (base === undefined || issuer === undefined) {
    return undefined;
  }
  return async (request) => ({
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(document === 'jwks.json' ? issuer.jwks() : discovery(issuer, base, request)),
  });
}

/**
 * The members that OpenID Connect Discovery 1.0 section 3 requires and a token check uses; of a user pool those of its sign-in, as on AWS. A stand-in
 * for another provider has no sign-in page.
 */
function discovery({ provider, issuer }: TokenIssuer, base: string, request: HttpRequest): unknown {
  const scheme = request.secure ? 'https' : 'http';
  const origin = `${scheme}://${headerText(request, 'host') ?? 'localhost'}`;
  return {
    issuer,
    jwks_uri: `${origin}${base}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    ...(provider === 'cognito'
      ? {
          authorization_endpoint: `${origin}/oauth2/authorize`,
          token_endpoint: `${origin}/oauth2/token`,
          userinfo_endpoint: `${origin}/oauth2/userInfo`,
          revocation_endpoint: `${origin}/oauth2/revoke`,
          end_session_endpoint: `${origin}/logout`,
          response_types_supported: ['code'],
          code_challenge_methods_supported: ['S256'],
        }
      : { token_endpoint: `${origin}/_local/token`, response_types_supported: ['token'] }),
  };
}

/** `POST /_local/token`: takes the JSON of a `TokenRequest`, returns `{token}`. Gives anyone any identity. */
export function createTokenEndpoint(issuers: readonly TokenIssuer[]): Handle {
  return async (request): Promise<HttpResponse> => {
    if (!/^application\/json\s*(;|$)/i.test(headerText(request, 'content-type') ?? '')) {
      throw new RequestRefused(415, 'UnsupportedMediaTypeException', 'Send content-type: application/json.');
    }
    if (issuers.length === 0) {
      throw noSuchIssuer(issuers);
    }
    const wanted = parseTokenRequest(await request.body());
    const token = await chooseIssuer(issuers, wanted).token(wanted);
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      body: JSON.stringify({ token }),
    };
  };
}

/**
 * Finds the issuer by provider and issuer; a user pool may also be named by its id. Defaults to the first one, user pools
 * before others.
 */
function chooseIssuer(
  issuers: readonly TokenIssuer[],
  { provider, issuer: name }: TokenRequest,
): TokenIssuer {
  const found = issuers
    .filter((candidate) => provider === undefined || candidate.provider === provider)
    .find(({ issuer }) => name === undefined || issuer === name || issuer.endsWith(`.com/${name}`));
  if (found) {
    return found;
  }
  throw noSuchIssuer(issuers);
}

function noSuchIssuer(issuers: readonly TokenIssuer[]): RequestRefused {
  const known = issuers.map(({ issuer }) => issuer).join(', ');
  return new RequestRefused(
    404,
    'NotFoundException',
    known === ''
      ? 'This API has no Cognito user pool and no OpenID Connect provider that this server replaces.'
      : `There is no such issuer; this server makes tokens for: ${known}.`,
  );
}
