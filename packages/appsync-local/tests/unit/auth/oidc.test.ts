import type { JWTPayload } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createLocalOidcIssuer } from '../../../src/auth/local-oidc-issuer.ts';
import type { OidcMode } from '../../../src/auth/oidc.ts';
import type { AuthMode } from '../../../src/template/app-model.ts';
import {
  authorizeWith,
  EXPIRED,
  KEY,
  NOT_AUTHORIZED,
  refusalOf,
  request,
  UNPARSABLE,
} from './harness/modes.ts';
import { openProvider, type Provider, providerKey } from './harness/oidc-provider.ts';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
const key = await providerKey('RS256', 'k1');
const opened: Provider[] = [];
afterEach(() => Promise.all(opened.splice(0).map((provider) => provider.close())));

async function provide(keys = [key.jwk]): Promise<Provider> {
  const provider = await openProvider(keys);
  opened.push(provider);
  return provider;
}

const modeOf = (issuer: string, more: Partial<OidcMode> = {}): AuthMode => ({
  type: 'OPENID_CONNECT',
  issuer,
  ...more,
});
function claimsOf(iss: string, more: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return { iss, sub: 'olga', aud: 'web', iat: now, exp: now + 60, ...more };
}
const bearer = (token: string) => request({ authorization: token });

describe('a provider on this machine', () => {
  it.each([...ALGORITHMS, 'HS256', 'HS384', 'HS512'])('has its tokens verified: %s', async (alg) => {
    const own = await providerKey(alg, alg);
    const { issuer } = await provide([key.jwk, own.jwk]);
    const authorize = authorizeWith([KEY, modeOf(issuer)]);

    const caller = await authorize(bearer(await own.sign(claimsOf(issuer))));

    expect(caller).toEqual({
      mode: 'OPENID_CONNECT',
      groups: [],
      identity: { sub: 'olga', issuer, claims: expect.objectContaining({ sub: 'olga', aud: 'web' }) },
    });
  });

  it('is asked once for its discovery document and its keys', async () => {
    const provider = await provide();
    const authorize = authorizeWith([KEY, modeOf(provider.issuer)]);
    const token = await key.sign(claimsOf(provider.issuer));

    await Promise.all([authorize(bearer(token)), authorize(bearer(token))]);
    await authorize(bearer(token));

    expect(provider.asked).toEqual(['/tenant/.well-known/openid-configuration', '/tenant/keys']);
  });

  it('is asked again for a key it has not shown yet, but not at every token', async () => {
    let now = Date.now();
    const provider = await provide();
    const authorize = authorizeWith([KEY, modeOf(provider.issuer)], { now: () => now });
    const next = await providerKey('ES256', 'k2');
    await authorize(bearer(await key.sign(claimsOf(provider.issuer))));

    provider.keys = [key.jwk, next.jwk];
    const token = await next.sign(claimsOf(provider.issuer));
    const early = await refusalOf(authorize(bearer(token)));
    now += 6_000;
    const caller = await authorize(bearer(token));

    expect(early).toEqual(UNPARSABLE);
    expect(caller.mode).toBe('OPENID_CONNECT');
    expect(provider.asked).toHaveLength(4);
  });

  it.each<[string, (provider: Provider) => void, string]>([
    [
      'is another issuer',
      (provider) => (provider.discovery['issuer'] = 'http://x'),
      "names the issuer 'http://x'",
    ],
    [
      'has its keys elsewhere',
      (provider) => (provider.discovery['jwks_uri'] = 'https://keys.example/jwks'),
      "its jwks_uri is 'https://keys.example/jwks'; it must be a URL on this machine",
    ],
    ['has no jwks_uri', (provider) => delete provider.discovery['jwks_uri'], "its jwks_uri is 'undefined'"],
    ['has no list of keys', (provider) => (provider.keys = null), 'has no list of keys'],
    ['answers 500', (provider) => (provider.status = 500), 'answers 500'],
    ['redirects', (provider) => (provider.status = 302), 'does not answer'],
  ])('that %s lets nobody in, and the log says why', async (_, change, reason) => {
    const lines: string[] = [];
    const provider = await provide();
    change(provider);
    const authorize = authorizeWith([KEY, modeOf(provider.issuer)], { log: (line) => lines.push(line) });

    const refusal = await refusalOf(authorize(bearer(await key.sign(claimsOf(provider.issuer)))));

    expect(refusal).toEqual(UNPARSABLE);
    expect(lines).toEqual([expect.stringContaining(reason)]);
    expect(lines[0]).toContain(`OpenID Connect provider ${provider.issuer}: `);
  });

  it('that does not run lets nobody in, and the log says what to do', async () => {
    const lines: string[] = [];
    const { issuer, close } = await openProvider([key.jwk]);
    await close();

    const authorize = authorizeWith([KEY, modeOf(issuer)], { log: (line) => lines.push(line) });
    const refusal = await refusalOf(authorize(bearer(await key.sign(claimsOf(issuer)))));

    expect(refusal).toEqual(UNPARSABLE);
    expect(lines[0]).toContain(
      "does not answer (ECONNREFUSED); start the provider, or correct the template's Issuer",
    );
  });
});

describe('a token that is refused', () => {
  it.each<[string, (iss: string) => Promise<string>]>([
    ['without `kid`', (iss) => key.sign(claimsOf(iss), { kid: undefined })],
    ['whose `kid` is unknown', (iss) => key.sign(claimsOf(iss), { kid: 'k9' })],
    [
      'of another key with the same `kid`',
      async (iss) => (await providerKey('RS256', 'k1')).sign(claimsOf(iss)),
    ],
    [
      'signed HS256 under the id of a public key',
      async (iss) => (await providerKey('HS256', 'k1')).sign(claimsOf(iss)),
    ],
    ['of another issuer', () => key.sign(claimsOf('http://127.0.0.1:1/'))],
    ['whose issuer has one slash more', (iss) => key.sign(claimsOf(`${iss}/`))],
    ['with an issue time that is text', (iss) => key.sign({ ...claimsOf(iss), iat: 'now' } as never)],
  ])('%s', async (_, makeToken) => {
    const { issuer } = await provide();

    const refusal = await refusalOf(authorizeWith([KEY, modeOf(issuer)])(bearer(await makeToken(issuer))));

    expect(refusal).toEqual(UNPARSABLE);
  });

  it.each<[string, Partial<OidcMode>, JWTPayload, unknown]>([
    ['younger than IatTTL', { iatTtlMs: 600_000 }, { iat: secondsAgo(300) }, 'OPENID_CONNECT'],
    ['older than IatTTL', { iatTtlMs: 600_000 }, { iat: secondsAgo(900) }, EXPIRED],
    ['younger than AuthTTL', { authTtlMs: 600_000 }, { auth_time: secondsAgo(300) }, 'OPENID_CONNECT'],
    ['older than AuthTTL', { authTtlMs: 600_000 }, { auth_time: secondsAgo(900) }, EXPIRED],
    ['without auth_time', { authTtlMs: 600_000 }, {}, EXPIRED],
    ['of a client in a list', { clientId: 'app|web' }, { aud: ['api', 'web'] }, 'OPENID_CONNECT'],
    ['of no client', { clientId: 'app|web' }, { aud: undefined }, NOT_AUTHORIZED],
    ['of a client that only begins alike', { clientId: 'app|web' }, { aud: 'website' }, NOT_AUTHORIZED],
  ])('or not: %s', async (_, mode, claims, expected) => {
    const { issuer } = await provide();
    const authorize = authorizeWith([KEY, modeOf(issuer, mode)]);

    const judged = authorize(bearer(await key.sign(claimsOf(issuer, claims))));
    const outcome = typeof expected === 'string' ? (await judged).mode : await refusalOf(judged);

    expect(outcome).toEqual(expected);
  });
});

describe('the issuer', () => {
  it('is not compared where OpenID Connect is the only mode', async () => {
    const { issuer } = await provide();
    const token = await key.sign(claimsOf('https://somebody.else.example'));

    const caller = await authorizeWith([modeOf(issuer)])(bearer(token));

    expect(caller.identity).toMatchObject({ issuer: 'https://somebody.else.example' });
  });

  it('picks the provider where there are several', async () => {
    const other = await providerKey('ES256', 'k1');
    const [first, second] = [await provide(), await provide([other.jwk])];
    const authorize = authorizeWith([modeOf(first.issuer), modeOf(second.issuer)]);

    const caller = await authorize(bearer(await other.sign(claimsOf(second.issuer))));

    expect(caller.identity).toMatchObject({ issuer: second.issuer });
    expect(first.asked).toEqual([]);
  });

  it('may be there twice, for a client of its own each', async () => {
    const { issuer } = await provide();
    const modes = [KEY, modeOf(issuer, { clientId: 'app' }), modeOf(issuer, { clientId: 'web' })];

    const caller = await authorizeWith(modes)(bearer(await key.sign(claimsOf(issuer))));

    expect(caller.mode).toBe('OPENID_CONNECT');
  });
});

describe('a local issuer', () => {
  const ISSUER = 'https://auth.example.com/';

  it.each([
    [undefined, 'local-client'],
    ['web', 'web'],
    ['web|app', 'web'],
    ['^(web|app)$', null],
  ])('makes tokens for a client that ClientId %s admits: %s', async (clientId, client) => {
    const mode = modeOf(ISSUER, clientId === undefined ? {} : { clientId }) as OidcMode;
    const issuer = await createLocalOidcIssuer({ mode });
    const authorize = authorizeWith([KEY, mode], { issuers: [issuer] });

    if (client === null) {
      await expect(issuer.token({ user: 'a' })).rejects.toThrow(
        `ClientId '${clientId}' of ${ISSUER} is a pattern; pass a client that matches it.`,
      );
      client = 'app';
    }
    const { identity } = await authorize(bearer(await issuer.token({ user: 'a', clientId: client })));

    expect(identity).toMatchObject({ sub: 'a', issuer: ISSUER, claims: { aud: client, azp: client } });
  });

  it('adds groups and claims, but lets nobody change the issuer', async () => {
    const issuer = await createLocalOidcIssuer({ mode: modeOf(ISSUER) as OidcMode });
    const authorize = authorizeWith([KEY, modeOf(ISSUER)], { issuers: [issuer] });
    const token = await issuer.token({ user: 'a', groups: ['g'], claims: { tenant: 't', iss: 'x' } });

    const caller = await authorize(bearer(token));

    expect(caller.identity).toMatchObject({ claims: { groups: ['g'], tenant: 't', iss: ISSUER } });
  });
});

function secondsAgo(seconds: number): number {
  return Math.floor(Date.now() / 1000) - seconds;
}
