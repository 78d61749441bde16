import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { createLocalIssuer } from '../../../src/auth/local-issuer.ts';
import { CLIENT_ID, POOL_ID, poolIssuer } from './harness/modes.ts';

const directory = await mkdtemp(join(tmpdir(), 'issuer-'));
afterAll(() => rm(directory, { recursive: true }));

const issuer = await poolIssuer();
const userPool = { logicalId: 'Pool', userPoolId: POOL_ID, clients: [] };
const load = (keyFile: string) => createLocalIssuer({ userPool, region: 'eu-west-1', keyFile });

describe('a token', () => {
  it('carries the claims of a Cognito access token', async () => {
    const claims = decodeJwt(await issuer.token({ user: 'alice', groups: ['admins'] }));

    expect(claims).toEqual({
      sub: 'alice',
      'cognito:groups': ['admins'],
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`,
      client_id: CLIENT_ID,
      username: 'alice',
      scope: 'aws.cognito.signin.user.admin',
      token_use: 'access',
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      jti: expect.any(String),
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: Number(claims.iat) + 3600,
    });
  });

  it('carries the claims of a Cognito ID token', async () => {
    const claims = decodeJwt(
      await issuer.token({ user: 'bob', tokenUse: 'id', expiresInSeconds: 60, clientId: 'web' }),
    );

    expect(claims).toMatchObject({ aud: 'web', 'cognito:username': 'bob', token_use: 'id' });
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['cognito:groups']));
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['client_id']));
    expect(Number(claims.exp) - Number(claims.iat)).toBe(60);
  });

  it('carries the sub it is asked for beside the user name, as on AWS', async () => {
    const sub = '7c0ff4f6-5f3a-4c4e-9d58-2f0f8f6f3a11';
    const claims = decodeJwt(await issuer.token({ user: 'alice', sub }));

    expect(claims).toMatchObject({ sub, username: 'alice' });
  });

  it('is verified by the published key, which is no private one', async () => {
    const token = await issuer.token({ user: 'alice' });

    const verified = await jwtVerify(token, createLocalJWKSet(issuer.jwks()));

    expect(verified.payload.sub).toBe('alice');
    expect(decodeProtectedHeader(token)).toEqual({ kid: issuer.jwks().keys[0]?.kid, alg: 'RS256' });
    expect(Object.keys(issuer.jwks().keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('the key file', () => {
  it('is made once, for its owner only, and keeps the key', async () => {
    const keyFile = join(directory, 'nested', 'issuer.json');

    const [first, second] = [await load(keyFile), await load(keyFile)];

    expect(second.jwks()).toEqual(first.jwks());
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(directory, 'nested'))).toEqual(['issuer.json']);
  });

  it('gives servers that start together the same key', async () => {
    const keyFile = join(directory, 'shared.json');

    const [first, second] = await Promise.all([load(keyFile), load(keyFile)]);

    expect(second.jwks()).toEqual(first.jwks());
  });

  it.each([
    ['no JSON', 'half a k'],
    ['no key', '{}'],
    ['a public key', 'PUBLIC'],
  ])('stops the start when it holds %s', async (_, text) => {
    const keyFile = join(directory, 'broken.json');
    const publicKey = JSON.stringify(issuer.jwks().keys[0]);
    await writeFile(keyFile, text === 'PUBLIC' ? publicKey : text);

    const loading = load(keyFile);

    await expect(loading).rejects.toThrow(`key file '${keyFile}' holds no RSA private key`);
    expect(await readFile(keyFile, 'utf8')).toBe(text === 'PUBLIC' ? publicKey : text);
  });
});
