import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignedRequest } from '../../../src/auth/caller.ts';
import {
  ACCOUNT_ID,
  authorizeWith,
  CREDENTIALS,
  IAM,
  MISMATCH,
  refusalOf,
  request,
} from './harness/modes.ts';
import { signed, type Signing } from './harness/signed.ts';

const authorize = authorizeWith([IAM]);

describe('a genuine signature', () => {
  it.each<[string, Signing]>([
    ['of a plain request', {}],
    ['with a session token', { sessionToken: 'a-session-token' }],
    ['with a signed body checksum', { applyChecksum: true }],
    ['for any region', { region: 'eu-central-1' }],
    ['of an empty body', { body: '' }],
    ['of a body beyond ASCII', { body: '{"query":"{ x(a: \\"Zürich 🌍\\") }"}' }],
    [
      'of a GET request with a query',
      { method: 'GET', body: '', query: { query: '{ x(a: "b+c d/e") }', v: ['2', '1'] } },
    ],
    ['of an endpoint of its own', { path: '/graphql/connect', body: '{}' }],
    ['over headers with runs of blanks', { headers: { 'x-note': '  a   b ' } }],
    ['four minutes ago', { date: new Date(Date.now() - 4 * 60_000) }],
    ['four minutes ahead', { date: new Date(Date.now() + 4 * 60_000) }],
  ])('is accepted %s', async (_, signing) => {
    const caller = await authorize(await signed(signing));

    expect(caller.mode).toBe('AWS_IAM');
  });

  it('is accepted with headers it does not cover', async () => {
    const original = await signed();

    const caller = await authorize({
      ...original,
      headers: { ...original.headers, 'x-amz-user-agent': 'a' },
    });

    expect(caller.mode).toBe('AWS_IAM');
  });

  it('is accepted with a Date header in place of X-Amz-Date', async () => {
    const handSigned = signByHand(new Date());

    const caller = await authorize(handSigned);

    expect(caller.mode).toBe('AWS_IAM');
  });

  it('is accepted beside others of the same second, which differ in their signatures alone', async () => {
    const date = new Date();
    const [first, second] = [
      await signed({ date, body: '{"a":1}' }),
      await signed({ date, body: '{"a":2}' }),
    ];

    await authorize(first);

    expect((await authorize(second)).mode).toBe('AWS_IAM');
    expect(await refusalOf(authorize({ ...second, body: '{"a":3}' }))).toEqual(MISMATCH);
  });

  it('identifies the local IAM user, with the addresses it came through', async () => {
    const original = await signed();
    const headers = { ...original.headers, 'x-forwarded-for': '203.0.113.7, 10.0.0.1' };

    const caller = await authorize({ ...original, headers, remoteAddress: '::ffff:127.0.0.1' });

    expect(caller).toEqual({
      mode: 'AWS_IAM',
      groups: [],
      identity: {
        accountId: ACCOUNT_ID,
        cognitoIdentityPoolId: null,
        cognitoIdentityId: null,
        sourceIp: ['203.0.113.7', '10.0.0.1', '127.0.0.1'],
        username: 'AIDALOCALDEVELOPMENT',
        userArn: `arn:aws:iam::${ACCOUNT_ID}:user/local`,
        cognitoIdentityAuthType: null,
        cognitoIdentityAuthProvider: null,
      },
    });
  });
});

describe('a request that is not what was signed', () => {
  it.each<[string, Signing, (original: SignedRequest) => Partial<SignedRequest>]>([
    ['another body', {}, () => ({ body: '{"query":"{ y }"}' })],
    ['another body under the checksum of the first', { applyChecksum: true }, () => ({ body: '{}' })],
    ['another path', {}, () => ({ url: '/graphql/connect' })],
    ['another query', {}, () => ({ url: '/graphql?a=b' })],
    ['another method', {}, () => ({ method: 'PUT' })],
    ['another host', {}, ({ headers }) => ({ headers: { ...headers, host: 'localhost:4001' } })],
    [
      'a signed header changed',
      {},
      ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/plain' } }),
    ],
    [
      'a signed header left out',
      {},
      ({ headers }) => ({ headers: { ...headers, 'content-type': undefined } }),
    ],
    [
      'another session token',
      { sessionToken: 'mine' },
      ({ headers }) => ({ headers: { ...headers, 'x-amz-security-token': 'yours' } }),
    ],
    ['another timestamp', {}, ({ headers }) => ({ headers: { ...headers, 'x-amz-date': shifted(headers) } })],
    ['the wrong secret', { secretAccessKey: 'guessed' }, () => ({})],
    ['a signature of another length', {}, ({ headers }) => ({ headers: edited(headers, /.$/, '') })],
    [
      'a header claimed to be signed that was not',
      {},
      ({ headers }) => ({ headers: edited(headers, 'SignedHeaders=', 'SignedHeaders=constructor;') }),
    ],
  ])('is refused: %s', async (_, signing, tamper) => {
    const original = await signed(signing);

    const refusal = await refusalOf(authorize({ ...original, ...tamper(original) }));

    expect(refusal).toEqual(MISMATCH);
  });

  it('is told what it should have signed, line by line', async () => {
    const { url, headers } = await signed({ path: '/graphql/connect', body: '{}', sessionToken: 'a-token' });
    const [stamp, authorization] = [String(headers['x-amz-date']), String(headers['authorization'])];
    const names = /SignedHeaders=([^,]+)/.exec(authorization)![1]!;

    const [, , message] = await refusalOf(authorize(request(headers, { url, body: '{ }' })));

    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const sent = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
    const canonical = `POST\n/graphql/connect\n\n${sent.join('')}\n${names}\n${hash('{ }')}`;
    const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${stamp.slice(0, 8)}/us-east-1/appsync/aws4_request\n${hash(canonical)}`;
    expect(names).toContain('x-amz-security-token');
    expect(message).toBe(
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n' +
        `The Canonical String for this request should have been\n'${canonical}'\n\n` +
        `The String-to-Sign should have been\n'${toSign}'\n`,
    );
  });
});

describe('a signature that cannot be right', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  const at = authorizeWith([IAM], { now: () => now });

  it.each<[string, Signing, number, string, string]>([
    [
      'expired',
      { date: new Date(now - 301_000) },
      400,
      'BadRequestException',
      'Signature expired: 20261123T095459Z is now earlier than 20261123T095500Z (20261123T100000Z - 5 min.)',
    ],
    [
      'of the future',
      { date: new Date(now + 301_000) },
      400,
      'BadRequestException',
      'Signature not yet current: 20261123T100501Z is still later than 20261123T100500Z (20261123T100000Z + 5 min.)',
    ],
    [
      'for another service',
      { date: new Date(now), service: 'execute-api' },
      400,
      'BadRequestException',
      "Credential should be scoped to correct service: 'appsync'.",
    ],
    [
      'of an unknown access key',
      { date: new Date(now), accessKeyId: 'AKIASOMEBODYELSE0000' },
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
  ])('is refused when %s', async (_, signing, status, errorType, message) => {
    const refusal = await refusalOf(at(await signed(signing)));

    expect(refusal).toEqual([status, errorType, message]);
  });

  it.each<[string, string | RegExp, string, number, string, RegExp]>([
    [
      'another day in its scope',
      '/20261123/',
      '/20261122/',
      400,
      'BadRequestException',
      /^Date in Credential scope.*'20261122' != '20261123'/,
    ],
    [
      'another terminator',
      'aws4_request',
      'aws3_request',
      400,
      'BadRequestException',
      /valid terminator: 'aws4_request', not 'aws3_request'/,
    ],
    [
      'no host among its headers',
      'host;',
      '',
      403,
      'IncompleteSignatureException',
      /^'Host' or ':authority' must be a 'SignedHeader'/,
    ],
    [
      'a scope of six parts',
      '/aws4_request',
      '/aws4_request/more',
      403,
      'IncompleteSignatureException',
      /exactly 5 slash-delimited elements/,
    ],
    [
      'a scope of four parts',
      '/appsync',
      '',
      403,
      'IncompleteSignatureException',
      /exactly 5 slash-delimited elements/,
    ],
    [
      'no signature',
      /, Signature=.*/,
      '',
      403,
      'IncompleteSignatureException',
      /^Authorization header requires 'Signature' parameter\. Authorization=AWS4/,
    ],
  ])('is refused with %s', async (_, from, to, status, errorType, message) => {
    const original = await signed({ date: new Date(now) });

    const refusal = await refusalOf(at({ ...original, headers: edited(original.headers, from, to) }));

    expect(refusal).toEqual([status, errorType, expect.stringMatching(message)]);
  });

  it.each([
    ['without a date', undefined, /requires existence of either a 'X-Amz-Date' or a 'Date' header/],
    ['with a date that is none', 'yesterday', /^Date must be in ISO-8601 'basic format'\. Got 'yesterday'/],
  ])('is refused %s', async (_, date, message) => {
    const original = await signed();

    const refusal = await refusalOf(
      authorize({ ...original, headers: { ...original.headers, 'x-amz-date': date } }),
    );

    expect(refusal).toEqual([403, 'IncompleteSignatureException', expect.stringMatching(message)]);
  });

  it('says all that a header lacks, as AWS does, where SigV4 is the only mode', async () => {
    const refusal = await refusalOf(authorize(request({ authorization: 'invalidtoken123' })));

    expect(refusal).toEqual([
      403,
      'IncompleteSignatureException',
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a " +
        "'X-Amz-Date' or a 'Date' header. Authorization=invalidtoken123",
    ]);
  });
});

function edited(headers: SignedRequest['headers'], from: string | RegExp, to: string) {
  const authorization = String(headers['authorization']);
  expect(authorization.replace(from, to), 'the edit must change something').not.toBe(authorization);
  return { ...headers, authorization: authorization.replace(from, to) };
}

function shifted(headers: SignedRequest['headers']): string {
  const stamp = String(headers['x-amz-date']);
  return `${stamp.slice(0, -3)}${stamp.slice(-3, -1) === '00' ? '01' : '00'}Z`;
}

/** Written from the AWS reference alone, so that verifier and SDK cannot share a mistake. */
function signByHand(date: Date): SignedRequest {
  const stamp = `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const day = stamp.slice(0, 8);
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const [body, sent] = ['{"query":"{ x }"}', date.toUTCString()];
  const canonical = `POST\n/graphql\n\ndate:${sent}\nhost:localhost:4000\n\ndate;host\n${hash(body)}`;
  const scope = `${day}/us-east-1/appsync/aws4_request`;
  const key = ['us-east-1', 'appsync', 'aws4_request'].reduce(
    (secret, part) => hmac(secret, part),
    hmac(`AWS4${CREDENTIALS.secretAccessKey}`, day),
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hash(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/${scope}, SignedHeaders=date;host, Signature=${signature}`;
  return request({ host: 'localhost:4000', date: sent, authorization }, { body });
}
