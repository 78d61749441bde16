import { describe, expect, it } from 'vitest';
import type { AuthMode } from '../../../src/template/app-model.ts';
import {
  API_KEY,
  authorizeWith,
  COGNITO,
  IAM,
  KEY,
  MISMATCH,
  MISSING,
  NOT_AUTHORIZED,
  poolIssuer,
  refusalOf,
  request,
  UNPARSABLE,
} from './harness/modes.ts';
import { signed } from './harness/signed.ts';

const issuer = await poolIssuer();
const token = await issuer.token({ user: 'alice' });
const everyMode = authorizeWith([KEY, IAM, COGNITO], { issuers: [issuer] });

describe('the mode that judges', () => {
  it.each([
    ['SigV4', 'AWS_IAM', async () => signed()],
    ['an API key', 'API_KEY', async () => request({ 'x-api-key': API_KEY })],
    ['a JWT', 'AMAZON_COGNITO_USER_POOLS', async () => request({ authorization: token })],
    ['SigV4 rather than an API key', 'AWS_IAM', async () => withKey(await signed(), 'wrong')],
    [
      'an API key rather than a JWT',
      'API_KEY',
      async () => request({ 'x-api-key': API_KEY, authorization: 'x' }),
    ],
  ])('is chosen by the credential: %s', async (_, mode, makeRequest) => {
    const caller = await everyMode(await makeRequest());

    expect(caller.mode).toBe(mode);
  });

  it.each([
    [
      'a bad signature by a good key',
      MISMATCH,
      async () => withKey(await signed({ secretAccessKey: 'x' }), API_KEY),
    ],
    [
      'a bad key by a good token',
      NOT_AUTHORIZED,
      async () => request({ 'x-api-key': 'x', authorization: token }),
    ],
  ])('does not let another mode make up for %s', async (_, expected, makeRequest) => {
    const refusal = await refusalOf(everyMode(await makeRequest()));

    expect(refusal).toEqual(expected);
  });

  it('is the next one when the API lacks the mode of a credential', async () => {
    const authorize = authorizeWith([COGNITO], { issuers: [issuer] });

    const caller = await authorize(request({ 'x-api-key': API_KEY, authorization: token }));

    expect(caller.mode).toBe('AMAZON_COGNITO_USER_POOLS');
  });
});

describe('a request without usable credentials', () => {
  it.each<[string, AuthMode[], unknown, () => Promise<ReturnType<typeof request>>]>([
    ['none at all', [KEY, IAM, COGNITO], MISSING, async () => request({})],
    ['an empty Authorization', [KEY, IAM, COGNITO], MISSING, async () => request({ authorization: '' })],
    ['a key, but no mode for keys', [IAM], MISSING, async () => request({ 'x-api-key': API_KEY })],
    ['a signature, but no IAM', [KEY, COGNITO], MISSING, async () => signed()],
    ['a token, but no mode for tokens', [KEY], MISSING, async () => request({ authorization: token })],
    [
      'a token that is none',
      [KEY, IAM, COGNITO],
      UNPARSABLE,
      async () => request({ authorization: 'gibberish' }),
    ],
  ])('is refused: %s', async (_, modes, expected, makeRequest) => {
    const authorize = authorizeWith(modes, { issuers: [issuer] });

    const refusal = await refusalOf(authorize(await makeRequest()));

    expect(refusal).toEqual(expected);
  });
});

describe('an API that cannot be served', () => {
  it('stops the start by naming the provider without an issuer', () => {
    const modes: AuthMode[] = [{ type: 'OPENID_CONNECT', issuer: 'https://issuer.example' }];

    expect(() => authorizeWith(modes)).toThrow(
      "names the OpenID Connect provider 'https://issuer.example', which has no local issuer",
    );
  });

  it('stops the start by naming the pool without an issuer', () => {
    expect(() => authorizeWith([COGNITO])).toThrow(
      "names the user pool 'us-east-1_AbCdEfGhI', which has no local",
    );
  });
});

const withKey = (signedRequest: ReturnType<typeof request>, key: string) => ({
  ...signedRequest,
  headers: { ...signedRequest.headers, 'x-api-key': key },
});
