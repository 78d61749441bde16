import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { createLocalIssuer } from '../../../src/auth/local-issuer.ts';
import type { AuthMode } from '../../../src/template/app-model.ts';
import {
  authorizeWith,
  CLIENT_ID,
  COGNITO,
  EXPIRED,
  NOT_AUTHORIZED,
  poolIssuer,
  refusalOf,
  request,
  UNPARSABLE,
} from './harness/modes.ts';

const issuer = await poolIssuer();
const authorize = authorizeWith([COGNITO], { issuers: [issuer] });
const stranger = await generateKeyPair('RS256');
const bearer = (token: string) => request({ authorization: token });

const claims = (more: JWTPayload = {}): JWTPayload => ({
  sub: 'alice',
  iss: issuer.issuer,
  client_id: CLIENT_ID,
  token_use: 'access',
  username: 'alice',
  exp: Math.floor(Date.now() / 1000) + 60,
  ...more,
});
const kid = issuer.jwks().keys[0]?.kid ?? '';
const signedByStranger = (payload: JWTPayload) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(stranger.privateKey);

describe('a token of the pool', () => {
  it.each(['', 'Bearer ', 'bearer '])('is accepted after "%s"', async (scheme) => {
    const token = await issuer.token({ user: 'alice' });

    const caller = await authorize(bearer(`${scheme}${token}`));

    expect(caller.mode).toBe('AMAZON_COGNITO_USER_POOLS');
  });

  it('gives an access token its identity', async () => {
    const token = await issuer.token({ user: 'alice', groups: ['admins', 'staff'] });

    const caller = await authorize(request({ authorization: token, 'x-forwarded-for': '203.0.113.7' }));

    expect(caller.groups).toEqual(['admins', 'staff']);
    expect(caller.identity).toEqual({
      sub: 'alice',
      issuer: issuer.issuer,
      username: 'alice',
      claims: expect.objectContaining({ token_use: 'access', client_id: CLIENT_ID, exp: expect.any(Number) }),
      sourceIp: ['203.0.113.7', '127.0.0.1'],
      defaultAuthStrategy: 'ALLOW',
      groups: ['admins', 'staff'],
    });
  });

  it('gives an ID token its identity, groups null when there are none', async () => {
    const token = await issuer.token({ user: 'bob', tokenUse: 'id' });

    const caller = await authorize(bearer(token));

    expect(caller.groups).toEqual([]);
    expect(caller.identity).toMatchObject({
      username: 'bob',
      groups: null,
      claims: { token_use: 'id', aud: CLIENT_ID, 'cognito:username': 'bob' },
    });
  });
});

describe('a token that is refused', () => {
  it.each<[string, () => Promise<string>, unknown]>([
    ['expired', () => issuer.token({ user: 'alice', expiresInSeconds: -1 }), EXPIRED],
    ['of another key', () => signedByStranger(claims()), UNPARSABLE],
    ['of another key and expired', () => signedByStranger(claims({ exp: 1 })), UNPARSABLE],
    [
      'of another issuer',
      async () => (await poolIssuer('us-east-1_Other')).token({ user: 'alice' }),
      UNPARSABLE,
    ],
    ['without a signature', async () => new UnsecuredJWT(claims()).encode(), UNPARSABLE],
    ['signed HS256 with the public key', hs256WithPublicKey, UNPARSABLE],
    ['of another client', () => issuer.token({ user: 'alice', clientId: 'another' }), NOT_AUTHORIZED],
    [
      'of another client, an ID token',
      () => issuer.token({ user: 'a', tokenUse: 'id', clientId: 'b' }),
      NOT_AUTHORIZED,
    ],
    ['changed after signing', async () => tampered(await issuer.token({ user: 'alice' })), UNPARSABLE],
    ['no JWT', async () => 'invalidtoken123', UNPARSABLE],
    ['cut short', async () => (await issuer.token({ user: 'alice' })).slice(0, -10), UNPARSABLE],
  ])('%s', async (_, makeToken, expected) => {
    const token = await makeToken();

    const refusal = await refusalOf(authorize(bearer(token)));

    expect(refusal).toEqual(expected);
  });

  it('of the pool, but neither an access nor an ID token', async () => {
    const { privateKey, publicIssuer } = await issuerWithKnownKey();
    const token = await new SignJWT(claims({ token_use: 'refresh' }))
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);

    const refusal = await refusalOf(authorizeWith([COGNITO], { issuers: [publicIssuer] })(bearer(token)));

    expect(refusal).toEqual(UNPARSABLE);
  });
});

describe('AppIdClientRegex', () => {
  const modeWith = (appIdClientRegex: string): AuthMode => ({ ...COGNITO, appIdClientRegex }) as AuthMode;

  it.each([
    [CLIENT_ID, true],
    ['1example.*|other', true],
    ['1example', false],
    ['other', false],
  ])('%s admits the client: %s', async (regex, admitted) => {
    const limited = authorizeWith([modeWith(regex)], { issuers: [issuer] });
    const token = await issuer.token({ user: 'alice' });

    const outcome = await limited(bearer(token)).then(
      () => true,
      () => false,
    );

    expect(outcome).toBe(admitted);
  });

  it('stops the start when it is no regular expression', () => {
    const create = () => authorizeWith([modeWith('(')], { issuers: [issuer] });

    expect(create).toThrow("AppIdClientRegex '(' is not a regular expression");
  });
});

describe('several pools', () => {
  it('lets each token be judged by the pool that issued it', async () => {
    const second = await poolIssuer('us-east-1_Second');
    const modes = [
      COGNITO,
      { ...COGNITO, userPoolId: 'us-east-1_Second', defaultAction: 'DENY' } as AuthMode,
    ];
    const both = authorizeWith(modes, { issuers: [issuer, second] });

    const caller = await both(bearer(await second.token({ user: 'carol' })));

    expect(caller.identity).toMatchObject({ issuer: second.issuer, defaultAuthStrategy: 'DENY' });
  });

  it('takes any client of a pool whose clients the template does not define', async () => {
    const imported = await createLocalIssuer({
      userPool: { logicalId: 'Pool', userPoolId: 'us-east-1_Imported', clients: [] },
      region: 'us-east-1',
    });
    const mode = { ...COGNITO, userPoolId: 'us-east-1_Imported' } as AuthMode;

    const caller = await authorizeWith([mode], { issuers: [imported] })(
      bearer(await imported.token({ user: 'd' })),
    );

    expect(caller.identity).toMatchObject({ username: 'd' });
  });
});

async function hs256WithPublicKey(): Promise<string> {
  const jwk = issuer.jwks().keys[0];
  const publicKey = await importJWK({ ...jwk }, 'RS256', { extractable: true });
  const pem = await exportSPKI(publicKey as Parameters<typeof exportSPKI>[0]);
  return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid }).sign(new TextEncoder().encode(pem));
}

function tampered(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const changed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const text = JSON.stringify({ ...changed, username: 'mallory' });
  return [header, Buffer.from(text).toString('base64url'), signature].join('.');
}

/** An issuer whose private key the test holds, to sign what Cognito never would. */
async function issuerWithKnownKey() {
  const { exportJWK } = await import('jose');
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [await exportJWK(publicKey)];
  return { privateKey, publicIssuer: { ...issuer, jwks: () => ({ keys }) } };
}
