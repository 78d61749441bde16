import { describe, expect, it } from 'vitest';
import { authorizeRealtime } from '../../../src/auth/authorize-realtime.ts';
import {
  API_KEY,
  authorizeWith,
  COGNITO,
  IAM,
  KEY,
  MISMATCH,
  MISSING,
  poolIssuer,
  refusalOf,
} from './harness/modes.ts';
import { signed, type Signing } from './harness/signed.ts';

const issuer = await poolIssuer();
const realtime = authorizeRealtime(authorizeWith([KEY, IAM, COGNITO], { issuers: [issuer] }));
const peer = {
  headers: { host: 'localhost:4000', 'x-forwarded-for': '203.0.113.7' },
  remoteAddress: '127.0.0.1',
};
const data = '{"query":"subscription { onPutItem { id } }","variables":{}}';

/** The header object as Amplify makes it, with its own spelling of names. */
async function headerObject(signing: Signing) {
  const headers = { accept: 'application/json, text/javascript', 'content-encoding': 'amz-1.0' };
  const {
    authorization,
    'x-amz-security-token': token,
    ...rest
  } = (await signed({ ...signing, headers })).headers;
  return { ...rest, 'X-Amz-Security-Token': token, Authorization: authorization };
}

describe('credentials of a connection', () => {
  it.each([
    [
      'an API key',
      'API_KEY',
      async () => ({ host: 'x', 'x-api-key': API_KEY, 'x-amz-date': '20260101T000000Z' }),
    ],
    [
      'a JWT',
      'AMAZON_COGNITO_USER_POOLS',
      async () => ({ Authorization: await issuer.token({ user: 'a' }), host: 'x' }),
    ],
    [
      'SigV4',
      'AWS_IAM',
      () => headerObject({ path: '/graphql/connect', body: '{}', sessionToken: 'session' }),
    ],
  ])('may be %s', async (_, mode, makeCredentials) => {
    const caller = await realtime.connect(await makeCredentials(), peer);

    expect(caller.mode).toBe(mode);
  });

  it('tell where the client is', async () => {
    const caller = await realtime.connect({ Authorization: await issuer.token({ user: 'a' }) }, peer);

    expect(caller.identity).toMatchObject({ sourceIp: ['203.0.113.7', '127.0.0.1'] });
  });

  it('are refused when signed for something else', async () => {
    const refusal = await refusalOf(
      realtime.connect(await headerObject({ path: '/graphql', body: '{}' }), peer),
    );

    expect(refusal).toEqual(MISMATCH);
  });

  it('are refused when they are no text', async () => {
    const refusal = await refusalOf(realtime.connect({ 'x-api-key': { key: API_KEY }, host: 7 }, peer));

    expect(refusal).toEqual(MISSING);
  });
});

describe('credentials of a start', () => {
  it('may be SigV4 over the data string', async () => {
    const credentials = await headerObject({ body: data });

    const caller = await realtime.start(credentials, data, peer);

    expect(caller.mode).toBe('AWS_IAM');
  });

  it('are refused with another data string', async () => {
    const credentials = await headerObject({ body: data });

    const refusal = await refusalOf(realtime.start(credentials, `${data} `, peer));

    expect(refusal).toEqual(MISMATCH);
  });

  it('are refused when they are those of the connection', async () => {
    const credentials = await headerObject({ path: '/graphql/connect', body: '{}' });

    const refusal = await refusalOf(realtime.start(credentials, data, peer));

    expect(refusal).toEqual(MISMATCH);
  });
});
