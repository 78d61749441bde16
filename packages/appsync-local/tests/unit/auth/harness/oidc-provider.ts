import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** A key of a provider: what signs, and what its JWKS lists. */
export interface ProviderKey {
  jwk: JWK;
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
}

export const SECRET = new TextEncoder().encode(
  'a secret of sixty-four bytes, for HS512 wants no shorter one ….',
);

export async function providerKey(alg: string, kid: string): Promise<ProviderKey> {
  const symmetric = alg.startsWith('HS');
  const pair = symmetric ? undefined : await generateKeyPair(alg, { extractable: true });
  const jwk: JWK = pair
    ? { ...(await exportJWK(pair.publicKey)), kid }
    : { kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid };
  return {
    jwk,
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(pair?.privateKey ?? SECRET),
  };
}

/** An OpenID Connect provider on a loopback port. */
export interface Provider {
  issuer: string;
  /** Paths asked for, in order. */
  asked: string[];
  /** Changes what it says from now on. */
  discovery: Record<string, unknown>;
  keys: unknown;
  status: number;
  close(): Promise<void>;
}

export async function openProvider(keys: JWK[]): Promise<Provider> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isDiscovery = request.url?.endsWith('/openid-configuration');
    response.writeHead(provider.status, {
      'content-type': 'application/json',
      location: 'http://example.com/',
    });
    response.end(JSON.stringify(isDiscovery ? provider.discovery : { keys: provider.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenant`;
  const provider: Provider = {
    issuer,
    asked,
    discovery: { issuer, jwks_uri: `${issuer}/keys` },
    keys,
    status: 200,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return provider;
}
