import type { JWTPayload } from 'jose';
import { RequestRefused } from './caller.ts';
import { loadIssuerKey } from './issuer-key.ts';
import { sign, type LocalIssuer, type TokenRequest } from './local-issuer.ts';
import type { OidcMode } from './oidc.ts';
import { compilePattern } from './patterns.ts';

/** The client of tokens from a provider whose configuration names no client. */
const UNNAMED_CLIENT = 'local-client';

/**
 * Replaces an OpenID Connect provider outside this machine. It signs with the template's own issuer URL as `iss`, so that the
 * checks are the same as AppSync's.
 *
 * @param keyFile keeps the signing key across restarts (see loadIssuerKey); without it tokens become invalid when the process
 * ends.
 * @throws StartFailure when keyFile does not contain an RSA private key, or ClientId is not a valid regular expression.
 */
export async function createLocalOidcIssuer(options: {
  mode: OidcMode;
  keyFile?: string;
}): Promise<LocalIssuer> {
  const { issuer, clientId } = options.mode;
  const key = await loadIssuerKey(options.keyFile);
  const defaultClient = clientId === undefined ? UNNAMED_CLIENT : clientAdmittedBy(clientId);
  return {
    provider: 'oidc',
    issuer,
    jwks: () => ({ keys: [key.publicJwk] }),
    async token(request) {
      const client = request.clientId ?? defaultClient;
      if (client !== undefined) {
        return sign(key, issuer, request, oidcClaims(request, client));
      }
      throw new RequestRefused(
        400,
        'BadRequestException',
        `ClientId '${clientId}' of ${issuer} is a pattern; pass a client that matches it.`,
      );
    },
  };
}

/** The first literal alternative: the guide's form for several clients is `A|B`. */
function clientAdmittedBy(pattern: string): string | undefined {
  const admits = compilePattern('ClientId', pattern);
  return [pattern, ...pattern.split('|')].find((client) => /^[\w.:/@-]+$/.test(client) && admits(client));
}

/** OpenID Connect Core 1.0, section 2; most providers call the groups `groups`. */
const oidcClaims = ({ groups = [] }: TokenRequest, clientId: string): JWTPayload => ({
  aud: clientId,
  azp: clientId,
  ...(groups.length > 0 && { groups }),
});
